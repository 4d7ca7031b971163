package io.memring.protocol.text;

import io.netty.buffer.ByteBuf;

/**
 * Puts numbers and bytes into a reply, a word at a time. A last word may reach up to seven bytes
 * beyond what is meant, so room for {@link #SPILL} more must be writable; whatever is written next
 * overwrites them.
 */
final class ReplyWords {
    /** The room that must be left behind anything written here. */
    static final int SPILL = Long.BYTES - 1;

    /** The digits of 2^64 - 1. */
    static final int MAX_NUMBER_LENGTH = 20;

    private static final long ZEROS = 0x3030303030303030L;
    private static final int WORD_LIMIT = 100_000_000;

    private ReplyWords() {}

    /** Sets an unsigned number; the index behind it. */
    static int setNumber(ByteBuf out, int index, long unsigned) {
        if (unsigned >= 0 && unsigned < WORD_LIMIT) {
            long digits = eightDigits((int) unsigned);
            int leadingZeros = Math.min(ByteWords.firstByte(digits), SPILL);
            out.setLongLE(index, (digits | ZEROS) >>> (leadingZeros << 3));
            return index + Long.BYTES - leadingZeros;
        }
        long high =
                unsigned >= 0 ? unsigned / WORD_LIMIT : Long.divideUnsigned(unsigned, WORD_LIMIT);
        int behindHigh = setNumber(out, index, high);
        int low = (int) (unsigned - high * WORD_LIMIT);
        out.setLongLE(behindHigh, eightDigits(low) | ZEROS);
        return behindHigh + Long.BYTES;
    }

    /**
     * The eight decimal digits of a number below 10^8, one per byte, the highest digit in the
     * lowest byte. The word is halved three times: into two numbers of four digits, four of two,
     * eight of one; multiplying and shifting divides all parts at once.
     */
    private static long eightDigits(int number) {
        int high = number / 10_000;
        long halves = high | ((long) (number - high * 10_000) << 32);
        long hundreds = ((halves * 10_486) >>> 20) & 0x0000007F0000007FL;
        long quarters = hundreds | ((halves - 100 * hundreds) << 16);
        long tens = ((quarters * 103) >>> 10) & 0x000F000F000F000FL;
        return tens | ((quarters - 10 * tens) << 8);
    }

    /** Copies bytes; the index behind them. */
    static int setBytes(ByteBuf out, int index, ByteBuf source, int sourceIndex, int length) {
        // Word by word: between two direct buffers Netty's own copy makes an object per call.
        for (int i = 0; i < length; i += Long.BYTES) {
            out.setLongLE(index + i, ByteWords.load(source, sourceIndex + i));
        }
        return index + length;
    }
}
