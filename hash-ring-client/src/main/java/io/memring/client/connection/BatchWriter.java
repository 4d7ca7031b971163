package io.memring.client.connection;

import io.netty.buffer.ByteBuf;

/**
 * Collects the bytes of a batch of requests in a heap array that the connection keeps, and copies
 * them to a buffer of Netty in one go: an array is written without a check per byte.
 */
final class BatchWriter {
    private static final int INITIAL_CAPACITY = 4096;

    /** An array that has grown beyond this is not kept. */
    private static final int MAX_KEPT_CAPACITY = 1 << 20;

    private static final int MAX_DIGITS = 20;

    private byte[] bytes = new byte[INITIAL_CAPACITY];
    private int length;
    private final byte[] digits = new byte[MAX_DIGITS];

    void write(byte[] source) {
        ensure(source.length);
        System.arraycopy(source, 0, bytes, length, source.length);
        length += source.length;
    }

    void write(char c) {
        ensure(1);
        bytes[length++] = (byte) c;
    }

    /** A space and a letter, as a flag of the meta protocol begins. */
    void writeFlag(char letter) {
        ensure(2);
        bytes[length++] = ' ';
        bytes[length++] = (byte) letter;
    }

    /** A flag with a number. */
    void writeFlag(char letter, long number) {
        writeFlag(letter);
        writeNumber(number);
    }

    /** A signed number. */
    void writeNumber(long number) {
        if (number < 0) {
            write('-');
            writeUnsigned(-number);
        } else {
            writeUnsigned(number);
        }
    }

    /** A number of 64 bits without a sign. */
    void writeUnsigned(long number) {
        int at = MAX_DIGITS;
        long rest = number;
        if (rest < 0) {
            long tens = Long.divideUnsigned(rest, 10);
            digits[--at] = (byte) ('0' + (rest - tens * 10));
            rest = tens;
        }
        do {
            long tens = rest / 10;
            digits[--at] = (byte) ('0' + (rest - tens * 10));
            rest = tens;
        } while (rest > 0);
        ensure(MAX_DIGITS - at);
        System.arraycopy(digits, at, bytes, length, MAX_DIGITS - at);
        length += MAX_DIGITS - at;
    }

    void writeLineEnd() {
        ensure(2);
        bytes[length++] = '\r';
        bytes[length++] = '\n';
    }

    /** Makes room in {@link #array} for bytes of the caller's; returns where they begin. */
    int reserve(int count) {
        ensure(count);
        length += count;
        return length - count;
    }

    /** What {@link #reserve} made room in; another one after the next write. */
    byte[] array() {
        return bytes;
    }

    int length() {
        return length;
    }

    /** Moves what was collected to a buffer. */
    void moveTo(ByteBuf out) {
        out.writeBytes(bytes, 0, length);
        clear();
    }

    /** Forgets what was collected. */
    void clear() {
        length = 0;
        if (bytes.length > MAX_KEPT_CAPACITY) {
            bytes = new byte[INITIAL_CAPACITY];
        }
    }

    private void ensure(int more) {
        if (bytes.length - length < more) {
            bytes = grown(more);
        }
    }

    private byte[] grown(int more) {
        int capacity = Math.max(Math.addExact(length, more), Math.min(length * 2, 1 << 30));
        byte[] larger = new byte[capacity];
        System.arraycopy(bytes, 0, larger, 0, length);
        return larger;
    }
}
