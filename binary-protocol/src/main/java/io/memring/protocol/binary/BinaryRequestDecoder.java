package io.memring.protocol.binary;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Decodes the requests of one connection, in place and without copying. One per connection, used by
 * one thread at a time. What a request says is asked from the decoder after {@link #decode} and
 * holds until the next call of it; indexes point into the input buffer.
 */
public final class BinaryRequestDecoder {
    /*
     * The header says all that a request can be refused for, so it is judged as soon as it is
     * there, in memcached's order:
     *
     *   1. no request's magic, or more extras and key than memcached's read buffer holds: BROKEN
     *   2. extras and key longer than the body      Unknown command, close
     *   3. body of more than 1 GiB                  Invalid arguments, close
     *   4. no login yet and none of its requests    Auth failure, close
     *   5. key of more than 250 bytes               Invalid arguments, close
     *   6. not the shape that the opcode has        Invalid arguments, close
     *   7. an opcode that nobody knows              Unknown command, its body is swallowed
     *
     * memcached waits for extras and key before it looks at 2 to 7. A client sees the same replies
     * in the same order, only that none has to be waited for when lengths lie.
     *
     * An unknown opcode's length is all that is known of it, but for its key: 5 comes first.
     */

    /** The longest key. */
    private static final int MAX_KEY_LENGTH = 250;

    /** Header, extras and key; memcached reads into a buffer of that size. */
    private static final int MAX_HEAD_LENGTH = 16 << 10;

    private static final long MAX_BODY_LENGTH = 1 << 30;

    private static final int EXPTIME_LENGTH = 4;
    private static final int STORE_LENGTH = 8;
    private static final int COUNT_LENGTH = 20;

    private ByteBuf frame = Unpooled.EMPTY_BUFFER;
    private byte opcodeByte;
    private Opcode opcode = Opcode.NOOP;
    private int extrasLength;
    private int keyIndex;
    private int keyLength;
    private int valueLength;
    private int opaque;
    private long casUnique;
    private int clientFlags;
    private int exptime;
    private long delta;
    private long initial;

    private BinaryStatus status = BinaryStatus.SUCCESS;
    private boolean closes;
    private int bytesToSwallow;

    /**
     * Decodes the next request.
     *
     * @param authenticated false while only the requests that belong to a login are allowed
     */
    public FrameStatus decode(ByteBuf in, boolean authenticated) {
        int start = in.readerIndex();
        int readable = in.readableBytes();
        if (readable > 0 && in.getByte(start) != Header.REQUEST_MAGIC) {
            return FrameStatus.BROKEN;
        }
        if (readable < Header.LENGTH) {
            return FrameStatus.INCOMPLETE;
        }
        readHeader(in, start);
        int headLength = Header.LENGTH + extrasLength + keyLength;
        if (headLength > MAX_HEAD_LENGTH) {
            return FrameStatus.BROKEN;
        }
        FrameStatus judgement =
                judge(in, in.getUnsignedInt(start + Header.BODY_LENGTH), authenticated);
        if (judgement == FrameStatus.REQUEST) {
            if (readable < headLength) {
                return FrameStatus.INCOMPLETE;
            }
            readExtras(in, start + Header.LENGTH);
            in.readerIndex(start + headLength);
        }
        return judgement;
    }

    private void readHeader(ByteBuf in, int start) {
        frame = in;
        opcodeByte = in.getByte(start + Header.OPCODE);
        extrasLength = in.getUnsignedByte(start + Header.EXTRAS_LENGTH);
        keyLength = in.getUnsignedShort(start + Header.KEY_LENGTH);
        keyIndex = start + Header.LENGTH + extrasLength;
        opaque = in.getInt(start + Header.OPAQUE);
        casUnique = in.getLong(start + Header.CAS);
    }

    private FrameStatus judge(ByteBuf in, long bodyLength, boolean authenticated) {
        if (keyLength + extrasLength > bodyLength) {
            return refuseAndClose(BinaryStatus.UNKNOWN_COMMAND);
        }
        if (bodyLength > MAX_BODY_LENGTH) {
            return refuseAndClose(BinaryStatus.INVALID_ARGUMENTS);
        }
        Opcode known = Opcode.of(opcodeByte);
        if (!authenticated && (known == null || !known.precedesLogin())) {
            return refuseAndClose(BinaryStatus.AUTH_FAILURE);
        }
        if (keyLength > MAX_KEY_LENGTH) {
            return refuseAndClose(BinaryStatus.INVALID_ARGUMENTS);
        }
        if (known == null) {
            in.skipBytes(Header.LENGTH);
            closes = false;
            bytesToSwallow = (int) bodyLength;
            return refuse(BinaryStatus.UNKNOWN_COMMAND);
        }
        opcode = known;
        valueLength = (int) bodyLength - keyLength - extrasLength;
        return known.shape().fits(extrasLength, keyLength, valueLength)
                ? FrameStatus.REQUEST
                : refuseAndClose(BinaryStatus.INVALID_ARGUMENTS);
    }

    private FrameStatus refuseAndClose(BinaryStatus reason) {
        closes = true;
        bytesToSwallow = 0;
        return refuse(reason);
    }

    private FrameStatus refuse(BinaryStatus reason) {
        status = reason;
        return FrameStatus.REFUSED;
    }

    /** Extras of one length always mean the same; without them there are no flags and no time. */
    private void readExtras(ByteBuf in, int index) {
        clientFlags = 0;
        exptime = 0;
        switch (extrasLength) {
            case EXPTIME_LENGTH -> exptime = in.getInt(index);
            case STORE_LENGTH -> {
                clientFlags = in.getInt(index);
                exptime = in.getInt(index + Integer.BYTES);
            }
            case COUNT_LENGTH -> {
                delta = in.getLong(index);
                initial = in.getLong(index + Long.BYTES);
                exptime = in.getInt(index + 2 * Long.BYTES);
            }
            default -> {}
        }
    }

    /** What is asked; of a good request only. */
    public Opcode opcode() {
        return opcode;
    }

    /** Where {@link #keyIndex} points: the input of the last call. */
    public ByteBuf keyBuffer() {
        return frame;
    }

    /** Where the key begins. */
    public int keyIndex() {
        return keyIndex;
    }

    /** The key's length, 0 to 250. */
    public int keyLength() {
        return keyLength;
    }

    /** How many bytes of value follow behind what has been consumed. */
    public int valueLength() {
        return valueLength;
    }

    /** The CAS unique to compare with; 0 asks for no comparison. */
    public long casUnique() {
        return casUnique;
    }

    /** The client flags of a store, unsigned. */
    public int clientFlags() {
        return clientFlags;
    }

    /** The exptime, unsigned; 0 also where the request has none. */
    public int exptime() {
        return exptime;
    }

    /** The amount to count up or down, unsigned. */
    public long delta() {
        return delta;
    }

    /** The number of an item that is created by counting, unsigned. */
    public long initial() {
        return initial;
    }

    /** How long header, extras and key are together. */
    public int headLength() {
        return Header.LENGTH + extrasLength + keyLength;
    }

    /** Where the header begins in the input. */
    public int headIndex() {
        return keyIndex - extrasLength - Header.LENGTH;
    }

    /** What to answer to a refused request. */
    public BinaryStatus status() {
        return status;
    }

    /** Whether the connection is closed after the answer to a refused request. */
    public boolean closes() {
        return closes;
    }

    /** How many bytes of a refused request follow and are to be skipped. */
    public int bytesToSwallow() {
        return bytesToSwallow;
    }

    /** For the reply. */
    byte opcodeByte() {
        return opcodeByte;
    }

    /** For the reply. */
    int opaque() {
        return opaque;
    }
}
