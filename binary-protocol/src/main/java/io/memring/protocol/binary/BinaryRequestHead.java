package io.memring.protocol.binary;

import java.nio.ByteBuffer;

/**
 * What a client's request consists of besides its value: header, extras and key. What is not set is
 * zero or empty; which extras are written is the opcode's matter.
 */
public final class BinaryRequestHead {
    private static final byte[] NO_KEY = {};

    private final Opcode opcode;
    private byte[] key = NO_KEY;
    private int opaque;
    private long casUnique;
    private int clientFlags;
    private int exptime;
    private long delta;
    private long initial;

    /** The head of a request. */
    public BinaryRequestHead(Opcode opcode) {
        this.opcode = opcode;
    }

    /** The key, or what stands in its place: a mechanism's name, the name of statistics. */
    public BinaryRequestHead key(byte[] bytes) {
        key = bytes;
        return this;
    }

    /** What the reply will repeat. */
    public BinaryRequestHead opaque(int number) {
        opaque = number;
        return this;
    }

    /** The CAS unique to compare with; 0 asks for no comparison. */
    public BinaryRequestHead casUnique(long number) {
        casUnique = number;
        return this;
    }

    /** The client flags of a store, unsigned. */
    public BinaryRequestHead clientFlags(int flags) {
        clientFlags = flags;
        return this;
    }

    /** The exptime, unsigned; of a counter also whether it is created. */
    public BinaryRequestHead exptime(int seconds) {
        exptime = seconds;
        return this;
    }

    /** The amount to count up or down and what a counter begins with, unsigned. */
    public BinaryRequestHead counting(long newDelta, long newInitial) {
        delta = newDelta;
        initial = newInitial;
        return this;
    }

    /** Its length in bytes. */
    public int length() {
        return Header.LENGTH + opcode.shape().extrasLength() + key.length;
    }

    /**
     * Writes it.
     *
     * @param at where in the array it begins
     * @param valueLength how long the value behind it will be
     */
    public void writeTo(byte[] out, int at, int valueLength) {
        int extrasLength = opcode.shape().extrasLength();
        ByteBuffer frame =
                ByteBuffer.wrap(out, at, length())
                        .put(Header.REQUEST_MAGIC)
                        .put((byte) opcode.code())
                        .putShort((short) key.length)
                        .put((byte) extrasLength)
                        .put((byte) 0)
                        .putShort((short) 0)
                        .putInt(Math.addExact(extrasLength + key.length, valueLength))
                        .putInt(opaque)
                        .putLong(casUnique);
        switch (opcode.shape()) {
            case BARE, KEY, STAT, JOIN, LOGIN -> {}
            case FLUSH, TOUCH -> frame.putInt(exptime);
            case STORE -> frame.putInt(clientFlags).putInt(exptime);
            case COUNT -> frame.putLong(delta).putLong(initial).putInt(exptime);
        }
        frame.put(key);
    }
}
