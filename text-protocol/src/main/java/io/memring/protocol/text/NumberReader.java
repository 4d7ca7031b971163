package io.memring.protocol.text;

import io.netty.buffer.ByteBuf;

/**
 * Reads the numbers of a request line. Each method says whether the bytes are a number by the rule
 * in question; the number itself is then in {@link #value}.
 */
final class NumberReader {
    private static final int MAX_DIGITS_32 = 11;
    private static final int MAX_DIGITS_64 = 22;
    private static final int MAX_FAST_DIGITS = 2 * Long.BYTES;
    private static final long ZEROS = 0x3030303030303030L;

    private long value;

    long value() {
        return value;
    }

    int intValue() {
        return (int) value;
    }

    /** Digits only, at most 11 of them, below 2^32. */
    boolean unsigned32(ByteBuf in, int from, int length) {
        return length <= MAX_DIGITS_32 && readDigits(in, from, length) && value <= 0xFFFFFFFFL;
    }

    /** An optional minus and digits, at most 11 characters, in 32 bits. A lone minus is zero. */
    boolean signed32(ByteBuf in, int from, int length) {
        if (length > MAX_DIGITS_32 || length == 0) {
            return false;
        }
        if (in.getByte(from) != '-') {
            return readDigits(in, from, length) && value <= Integer.MAX_VALUE;
        }
        value = 0;
        boolean digits = length == 1 || readDigits(in, from + 1, length - 1);
        value = -value;
        return digits && value >= Integer.MIN_VALUE;
    }

    /** Digits only, at most 22 of them, below 2^64. */
    boolean unsigned64(ByteBuf in, int from, int length) {
        return length <= MAX_FAST_DIGITS
                ? readDigits(in, from, length)
                : length <= MAX_DIGITS_64 && accumulate(in, from, from + length) == from + length;
    }

    /**
     * Client flags of a storage command: what C's {@code strtoul} takes, cut to 32 bits. White
     * space and a sign may stand in front, any text may follow a white space or NUL behind it.
     *
     * @param limit the end of the line, where reading stops at the latest
     */
    boolean clientFlags(ByteBuf in, int from, int length, int limit) {
        if (length <= MAX_FAST_DIGITS && readDigits(in, from, length)) {
            return true;
        }
        // Negation happens in 64 bits there, and only a result that looks negative is refused.
        return readLikeC(in, from, limit) && !(isNegative(in, from, limit) && value < 0);
    }

    /** The exptime of a storage command: what C's {@code strtol} takes, cut to 32 bits. */
    boolean exptime(ByteBuf in, int from, int length, int limit) {
        if (length <= MAX_FAST_DIGITS && readDigits(in, from, length)) {
            return true;
        }
        // In range if the sign of the result is the sign that was written.
        return readLikeC(in, from, limit)
                && (value == 0 || (value < 0) == isNegative(in, from, limit));
    }

    /** Reads 1 to 16 digits; false, with an undefined value, for anything else among them. */
    private boolean readDigits(ByteBuf in, int from, int length) {
        if (length <= Long.BYTES) {
            return readWord(ByteWords.load(in, from), length);
        }
        int highDigits = length - Long.BYTES;
        if (!readWord(ByteWords.load(in, from), highDigits)) {
            return false;
        }
        long high = value;
        boolean digits = readWord(ByteWords.load(in, from + highDigits), Long.BYTES);
        value += high * 100_000_000;
        return digits;
    }

    /** Takes the first 1 to 8 bytes of a word as digits, all at once. */
    private boolean readWord(long word, int length) {
        if (length == 0) {
            return false;
        }
        // Shifting moves the last digit to the highest byte and zeros in front of the first.
        long digits = (word ^ ZEROS) << ((Long.BYTES - length) << 3);
        if ((((digits + 0x7676767676767676L) | digits) & ByteWords.HIGH_BITS) != 0) {
            return false;
        }
        long pairs = digits * 10 + (digits >>> 8);
        long low = (pairs & 0x000000FF000000FFL) * 0x000F424000000064L;
        long high = ((pairs >>> 16) & 0x000000FF000000FFL) * 0x0000271000000001L;
        value = (low + high) >>> 32;
        return true;
    }

    /**
     * Reads as C does: white space, a sign, digits, and then white space, NUL or the line's end.
     */
    private boolean readLikeC(ByteBuf in, int from, int limit) {
        int sign = skipWhiteSpace(in, from, limit);
        boolean signed = sign < limit && (in.getByte(sign) == '-' || in.getByte(sign) == '+');
        int first = signed ? sign + 1 : sign;
        int end = accumulate(in, first, limit);
        if (end <= first || !endsNumber(in, end, limit)) {
            return false;
        }
        if (signed && in.getByte(sign) == '-') {
            value = -value;
        }
        return true;
    }

    private static boolean endsNumber(ByteBuf in, int index, int limit) {
        return index == limit || isWhiteSpace(in.getByte(index)) || in.getByte(index) == 0;
    }

    private static boolean isNegative(ByteBuf in, int from, int limit) {
        return in.getByte(skipWhiteSpace(in, from, limit)) == '-';
    }

    private static int skipWhiteSpace(ByteBuf in, int from, int limit) {
        int index = from;
        while (index < limit && isWhiteSpace(in.getByte(index))) {
            index++;
        }
        return index;
    }

    private static boolean isWhiteSpace(byte b) {
        return b == ' ' || (b >= '\t' && b <= '\r');
    }

    /** Reads digits one by one; where they end, or -1 if they exceed 64 bits. */
    private int accumulate(ByteBuf in, int from, int limit) {
        long sum = 0;
        int index = from;
        while (index < limit && in.getByte(index) >= '0' && in.getByte(index) <= '9') {
            int digit = in.getByte(index) - '0';
            if (Long.compareUnsigned(sum, Long.divideUnsigned(-1L - digit, 10)) > 0) {
                return -1;
            }
            sum = sum * 10 + digit;
            index++;
        }
        value = sum;
        return index;
    }
}
