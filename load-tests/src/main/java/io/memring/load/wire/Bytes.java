package io.memring.load.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.memring.load.workload.KeySpace;
import io.memring.load.workload.ValueText;

import java.util.Arrays;

/** Bytes to send; grows as needed. Owned by one load thread. */
public final class Bytes {

    private static final int FIRST_CAPACITY = 256;

    /** Digits of {@link Long#MIN_VALUE}, read as unsigned. */
    private static final int MAX_DIGITS = 20;

    private byte[] array = new byte[FIRST_CAPACITY];
    private int length;

    /** The array, good until the next put. */
    public byte[] array() {
        return array;
    }

    public int length() {
        return length;
    }

    public void clear() {
        length = 0;
    }

    /** Forgets what is in it, and the array if it has grown beyond a bound. */
    public void clear(int maxCapacity) {
        length = 0;
        if (array.length > maxCapacity) {
            array = new byte[FIRST_CAPACITY];
        }
    }

    private void reserve(int more) {
        if (array.length - length < more) {
            array = Arrays.copyOf(array, Math.max(array.length * 2, Math.addExact(length, more)));
        }
    }

    public void put(byte[] bytes) {
        reserve(bytes.length);
        System.arraycopy(bytes, 0, array, length, bytes.length);
        length += bytes.length;
    }

    void put(int character) {
        reserve(1);
        array[length++] = (byte) character;
    }

    void putKey(KeySpace keys, long number) {
        reserve(keys.length());
        length = keys.write(array, length, number);
    }

    void putValue(ValueText values, int valueLength, long key, int version) {
        reserve(valueLength);
        length = values.write(array, length, valueLength, key, version);
    }

    /** In decimal, as unsigned. */
    void putDecimal(long number) {
        if (number < 0) {
            put(Long.toUnsignedString(number).getBytes(US_ASCII));
            return;
        }
        reserve(MAX_DIGITS);
        int end = length + 1;
        for (long rest = number / 10; rest != 0; rest /= 10) {
            end++;
        }
        length = end;
        long rest = number;
        do {
            array[--end] = (byte) ('0' + rest % 10);
            rest /= 10;
        } while (rest != 0);
    }

    void putShort(int number) {
        put(number >>> 8);
        put(number);
    }

    void putInt(int number) {
        putShort(number >>> 16);
        putShort(number);
    }

    void putLong(long number) {
        putInt((int) (number >>> 32));
        putInt((int) number);
    }
}
