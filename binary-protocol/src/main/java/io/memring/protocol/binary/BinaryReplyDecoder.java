package io.memring.protocol.binary;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.jspecify.annotations.Nullable;

/**
 * Decodes the replies that a client gets, whole ones only. One per connection, used by one thread
 * at a time. What a reply says is asked from the decoder after {@link #decode}, before the input
 * changes.
 */
public final class BinaryReplyDecoder {
    private static final byte[] NO_VALUE = {};

    private final int maxBodyLength;

    private ByteBuf frame = Unpooled.EMPTY_BUFFER;
    private int start;
    private int extrasLength;
    private int keyLength;
    private int valueLength;

    /**
     * A decoder.
     *
     * @param maxBodyLength the longest body that is believed
     */
    public BinaryReplyDecoder(int maxBodyLength) {
        this.maxBodyLength = maxBodyLength;
    }

    /** Decodes the next reply. */
    public ReplyStatus decode(ByteBuf in) {
        int readable = in.readableBytes();
        start = in.readerIndex();
        if (readable > 0 && in.getByte(start) != Header.REPLY_MAGIC) {
            return ReplyStatus.BROKEN;
        }
        if (readable < Header.LENGTH) {
            return ReplyStatus.INCOMPLETE;
        }
        long bodyLength = in.getUnsignedInt(start + Header.BODY_LENGTH);
        extrasLength = in.getUnsignedByte(start + Header.EXTRAS_LENGTH);
        keyLength = in.getUnsignedShort(start + Header.KEY_LENGTH);
        if (bodyLength > maxBodyLength || extrasLength + keyLength > bodyLength) {
            return ReplyStatus.BROKEN;
        }
        if (readable - Header.LENGTH < bodyLength) {
            return ReplyStatus.INCOMPLETE;
        }
        frame = in;
        valueLength = (int) bodyLength - extrasLength - keyLength;
        in.skipBytes(Header.LENGTH + (int) bodyLength);
        return ReplyStatus.REPLY;
    }

    /** What was asked; null if it is nothing that is served. */
    public @Nullable Opcode opcode() {
        return Opcode.of(frame.getByte(start + Header.OPCODE));
    }

    /** The number of the status. */
    public int statusCode() {
        return frame.getUnsignedShort(start + Header.STATUS);
    }

    /** What the request was numbered with. */
    public int opaque() {
        return frame.getInt(start + Header.OPAQUE);
    }

    /** The item's CAS unique, where there is an item. */
    public long casUnique() {
        return frame.getLong(start + Header.CAS);
    }

    /** The client flags of an item; 0 in a reply without extras. */
    public int clientFlags() {
        return extrasLength >= Integer.BYTES ? frame.getInt(start + Header.LENGTH) : 0;
    }

    /** The key of an item, or the name of a statistic. */
    public String key() {
        return frame.toString(start + Header.LENGTH + extrasLength, keyLength, UTF_8);
    }

    /** True if there is a key. */
    public boolean hasKey() {
        return keyLength > 0;
    }

    /** A copy of the value. */
    public byte[] value() {
        byte[] value = valueLength == 0 ? NO_VALUE : new byte[valueLength];
        frame.getBytes(valueIndex(), value);
        return value;
    }

    /** The value as text. */
    public String text() {
        return frame.toString(valueIndex(), valueLength, UTF_8);
    }

    /** The number that the value of a counter's reply is, unsigned. */
    public long number() {
        return valueLength < Long.BYTES ? 0 : frame.getLong(valueIndex());
    }

    private int valueIndex() {
        return start + Header.LENGTH + extrasLength + keyLength;
    }
}
