package io.memring.protocol.text;

import io.netty.buffer.ByteBuf;

/**
 * Eight bytes of a buffer at a time, as one little-endian word: the byte at the lowest index is the
 * lowest byte of the word.
 *
 * <p>A <em>mask</em> has bit 7 of a byte set where the byte matches; {@link #firstByte} turns it
 * into a position.
 */
final class ByteWords {
    static final long HIGH_BITS = 0x8080808080808080L;
    static final long NEWLINES = 0x0A0A0A0A0A0A0A0AL;
    static final long SPACES = 0x2020202020202020L;

    private static final long LOW_BITS = 0x0101010101010101L;

    /** Added to seven bits, sets the eighth if they are above a space. */
    private static final long ABOVE_SPACE = (0x7F - ' ') * LOW_BITS;

    private ByteWords() {}

    /**
     * The word at {@code index}. It may reach beyond the writer index, where it holds whatever lies
     * there, and beyond the capacity, where it holds zeros.
     */
    static long load(ByteBuf in, int index) {
        return index + Long.BYTES <= in.capacity() ? in.getLongLE(index) : loadTail(in, index);
    }

    private static long loadTail(ByteBuf in, int index) {
        long word = 0;
        for (int i = in.capacity() - 1; i >= index; i--) {
            word = (word << Byte.SIZE) | in.getUnsignedByte(i);
        }
        return word;
    }

    /** The mask of the bytes that separate words: spaces and everything below. */
    static long separators(long word) {
        return ~(((word & ~HIGH_BITS) + ABOVE_SPACE) | word) & HIGH_BITS;
    }

    /** Keeps the first {@code count} (0 to 8) bytes of a word and clears the others. */
    static long keep(long word, int count) {
        return count >= Long.BYTES ? word : word & ((1L << (count << 3)) - 1);
    }

    /** The mask of the bytes equal to those of {@code pattern}. */
    static long equalBytes(long word, long pattern) {
        long difference = word ^ pattern;
        return ~(((difference & ~HIGH_BITS) + ~HIGH_BITS) | difference) & HIGH_BITS;
    }

    /** Like {@link #equalBytes} and cheaper, but only the first match and its absence are right. */
    static long firstEqualByte(long word, long pattern) {
        long difference = word ^ pattern;
        return (difference - LOW_BITS) & ~difference & HIGH_BITS;
    }

    /** The position of the first byte of a mask; 8 if there is none. */
    static int firstByte(long mask) {
        return Long.numberOfTrailingZeros(mask) >> 3;
    }

    /** A short text as a word, zeros behind it. */
    static long of(String text) {
        long word = 0;
        for (int i = text.length() - 1; i >= 0; i--) {
            word = (word << Byte.SIZE) | text.charAt(i);
        }
        return word;
    }
}
