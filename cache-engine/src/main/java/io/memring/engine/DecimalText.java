package io.memring.engine;

import io.memring.slab.SlabMemory;

/**
 * Unsigned 64-bit numbers as decimal text in memory, with memcached's idea of what a number is,
 * which is that of C's strtoull: blanks, a plus sign, and digits up to the end or another blank.
 */
final class DecimalText {

    private static final long TENTH_OF_MAX = Long.divideUnsigned(-1, 10);
    private static final long LAST_DIGIT_OF_MAX = Long.remainderUnsigned(-1, 10);

    private DecimalText() {}

    /** Blanks, perhaps a plus sign, digits that do not overflow, then the end or a blank. */
    static boolean isNumber(long address, int length) {
        int start = skipToDigits(address, length);
        int end = start;
        long number = 0;
        while (end < length && isDigit(SlabMemory.getByte(address + end))) {
            int digit = SlabMemory.getByte(address + end) - '0';
            if (overflows(number, digit)) {
                return false;
            }
            number = number * 10 + digit;
            end++;
        }
        return end > start && (end == length || isBlank(SlabMemory.getByte(address + end)));
    }

    /** The value of a text that {@link #isNumber}. */
    static long parse(long address, int length) {
        long number = 0;
        int i = skipToDigits(address, length);
        while (i < length && isDigit(SlabMemory.getByte(address + i))) {
            number = number * 10 + SlabMemory.getByte(address + i) - '0';
            i++;
        }
        return number;
    }

    /** Number of digits. */
    static int length(long number) {
        int digits = 1;
        long rest = Long.divideUnsigned(number, 10);
        while (rest != 0) {
            digits++;
            rest /= 10;
        }
        return digits;
    }

    /** Writes a number that has {@code digits} digits. */
    static void write(long address, long number, int digits) {
        long rest = number;
        for (int i = digits - 1; i >= 0; i--) {
            long tenth = Long.divideUnsigned(rest, 10);
            SlabMemory.putByte(address + i, (byte) ('0' + (rest - tenth * 10)));
            rest = tenth;
        }
    }

    private static boolean overflows(long number, int digit) {
        int order = Long.compareUnsigned(number, TENTH_OF_MAX);
        return order > 0 || order == 0 && digit > LAST_DIGIT_OF_MAX;
    }

    private static int skipToDigits(long address, int length) {
        int i = 0;
        while (i < length && isBlank(SlabMemory.getByte(address + i))) {
            i++;
        }
        return i < length && SlabMemory.getByte(address + i) == '+' ? i + 1 : i;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b >= '\t' && b <= '\r';
    }
}
