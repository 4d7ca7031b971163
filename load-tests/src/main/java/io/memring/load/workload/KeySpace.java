package io.memring.load.workload;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * Keys by number: a prefix and the number in decimal, with zeros in front up to one length for all
 * of them. Immutable.
 */
public final class KeySpace {

    /** Returned for a key that is none of these. */
    public static final long FOREIGN = -1;

    /** memcached's limit. */
    private static final int MAX_KEY_LENGTH = 250;

    /** Digits of {@link Long#MAX_VALUE}. */
    private static final int MAX_DIGITS = 19;

    private final byte[] prefix;
    private final int length;

    /**
     * Keys with so many digits at least.
     *
     * @param keyCount numbers are below it
     * @param keyLength of the whole key; smaller ones than are needed count as what is needed
     */
    public KeySpace(String prefix, long keyCount, int keyLength) {
        this.prefix = prefix.getBytes(US_ASCII);
        int digits = Long.toString(Math.max(1, keyCount - 1)).length();
        this.length = Math.max(keyLength, this.prefix.length + digits);
        if (length > MAX_KEY_LENGTH) {
            throw new IllegalArgumentException(
                    "a key has at most " + MAX_KEY_LENGTH + " bytes: length=" + length);
        }
        for (byte character : this.prefix) {
            if (character <= ' ' || character == 0x7f) {
                throw new IllegalArgumentException(
                        "a key holds printable ASCII alone, and no blanks: prefix=" + prefix);
            }
        }
    }

    /** The length of every key in bytes. */
    public int length() {
        return length;
    }

    /** Writes a key; returns the position behind it. */
    public int write(byte[] into, int at, long number) {
        System.arraycopy(prefix, 0, into, at, prefix.length);
        int first = at + prefix.length;
        int end = at + length;
        long rest = number;
        for (int i = end - 1; i >= first; i--) {
            long tenth = rest / 10;
            into[i] = (byte) ('0' + (rest - tenth * 10));
            rest = tenth;
        }
        return end;
    }

    /** The number of a key, or {@link #FOREIGN}. */
    public long read(byte[] from, int at, int keyLength) {
        if (keyLength != length) {
            return FOREIGN;
        }
        for (int i = 0; i < prefix.length; i++) {
            if (from[at + i] != prefix[i]) {
                return FOREIGN;
            }
        }
        long number = 0;
        int end = at + length;
        for (int i = Math.max(at + prefix.length, end - MAX_DIGITS); i < end; i++) {
            int digit = from[i] - '0';
            if (digit < 0 || digit > 9) {
                return FOREIGN;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
