package io.memring.client.ring;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * MD5 without allocation, since the key of every request goes through it.
 *
 * <p>Words of the padded message are computed where they are needed, so that no block is copied;
 * for a key of up to 55 bytes that is one block.
 */
final class Md5 {
    private static final int BLOCK = 64;

    /** The padding byte and the message's length in bits. */
    private static final int TRAILER = 1 + Long.BYTES;

    private static final int[] FIRST_WORD_ONLY = {};
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private Md5() {}

    /** The first four bytes of the digest, the first in the lowest byte. */
    static int firstWord(byte[] in, int from, int length) {
        return digest(in, from, length, FIRST_WORD_ONLY);
    }

    /** The four words of the digest, each with its first byte in the lowest. */
    static int[] words(byte[] in) {
        int[] words = new int[4];
        digest(in, 0, in.length, words);
        return words;
    }

    /** Returns the first word, and fills {@code words} if it has room for all four. */
    // checkstyle allows MethodLength: 64 steps, one a line, with their words in local variables.
    private static int digest(byte[] in, int from, int length, int[] words) {
        int blocks = (length + TRAILER + BLOCK - 1) / BLOCK;
        int a = 0x67452301;
        int b = 0xefcdab89;
        int c = 0x98badcfe;
        int d = 0x10325476;
        for (int block = 0; block < blocks; block++) {
            int at = block * BLOCK;
            boolean last = block == blocks - 1;
            int x0 = word(in, from, length, at);
            int x1 = word(in, from, length, at + 4);
            int x2 = word(in, from, length, at + 8);
            int x3 = word(in, from, length, at + 12);
            int x4 = word(in, from, length, at + 16);
            int x5 = word(in, from, length, at + 20);
            int x6 = word(in, from, length, at + 24);
            int x7 = word(in, from, length, at + 28);
            int x8 = word(in, from, length, at + 32);
            int x9 = word(in, from, length, at + 36);
            int x10 = word(in, from, length, at + 40);
            int x11 = word(in, from, length, at + 44);
            int x12 = word(in, from, length, at + 48);
            int x13 = word(in, from, length, at + 52);
            int x14 = word(in, from, length, at + 56);
            int x15 = word(in, from, length, at + 60);
            if (last) {
                x14 = length << 3;
                x15 = length >>> 29;
            }
            int a0 = a;
            int b0 = b;
            int c0 = c;
            int d0 = d;
            a = f(a, b, c, d, x0 + 0xd76aa478, 7);
            d = f(d, a, b, c, x1 + 0xe8c7b756, 12);
            c = f(c, d, a, b, x2 + 0x242070db, 17);
            b = f(b, c, d, a, x3 + 0xc1bdceee, 22);
            a = f(a, b, c, d, x4 + 0xf57c0faf, 7);
            d = f(d, a, b, c, x5 + 0x4787c62a, 12);
            c = f(c, d, a, b, x6 + 0xa8304613, 17);
            b = f(b, c, d, a, x7 + 0xfd469501, 22);
            a = f(a, b, c, d, x8 + 0x698098d8, 7);
            d = f(d, a, b, c, x9 + 0x8b44f7af, 12);
            c = f(c, d, a, b, x10 + 0xffff5bb1, 17);
            b = f(b, c, d, a, x11 + 0x895cd7be, 22);
            a = f(a, b, c, d, x12 + 0x6b901122, 7);
            d = f(d, a, b, c, x13 + 0xfd987193, 12);
            c = f(c, d, a, b, x14 + 0xa679438e, 17);
            b = f(b, c, d, a, x15 + 0x49b40821, 22);
            a = g(a, b, c, d, x1 + 0xf61e2562, 5);
            d = g(d, a, b, c, x6 + 0xc040b340, 9);
            c = g(c, d, a, b, x11 + 0x265e5a51, 14);
            b = g(b, c, d, a, x0 + 0xe9b6c7aa, 20);
            a = g(a, b, c, d, x5 + 0xd62f105d, 5);
            d = g(d, a, b, c, x10 + 0x02441453, 9);
            c = g(c, d, a, b, x15 + 0xd8a1e681, 14);
            b = g(b, c, d, a, x4 + 0xe7d3fbc8, 20);
            a = g(a, b, c, d, x9 + 0x21e1cde6, 5);
            d = g(d, a, b, c, x14 + 0xc33707d6, 9);
            c = g(c, d, a, b, x3 + 0xf4d50d87, 14);
            b = g(b, c, d, a, x8 + 0x455a14ed, 20);
            a = g(a, b, c, d, x13 + 0xa9e3e905, 5);
            d = g(d, a, b, c, x2 + 0xfcefa3f8, 9);
            c = g(c, d, a, b, x7 + 0x676f02d9, 14);
            b = g(b, c, d, a, x12 + 0x8d2a4c8a, 20);
            a = h(a, b, c, d, x5 + 0xfffa3942, 4);
            d = h(d, a, b, c, x8 + 0x8771f681, 11);
            c = h(c, d, a, b, x11 + 0x6d9d6122, 16);
            b = h(b, c, d, a, x14 + 0xfde5380c, 23);
            a = h(a, b, c, d, x1 + 0xa4beea44, 4);
            d = h(d, a, b, c, x4 + 0x4bdecfa9, 11);
            c = h(c, d, a, b, x7 + 0xf6bb4b60, 16);
            b = h(b, c, d, a, x10 + 0xbebfbc70, 23);
            a = h(a, b, c, d, x13 + 0x289b7ec6, 4);
            d = h(d, a, b, c, x0 + 0xeaa127fa, 11);
            c = h(c, d, a, b, x3 + 0xd4ef3085, 16);
            b = h(b, c, d, a, x6 + 0x04881d05, 23);
            a = h(a, b, c, d, x9 + 0xd9d4d039, 4);
            d = h(d, a, b, c, x12 + 0xe6db99e5, 11);
            c = h(c, d, a, b, x15 + 0x1fa27cf8, 16);
            b = h(b, c, d, a, x2 + 0xc4ac5665, 23);
            a = i(a, b, c, d, x0 + 0xf4292244, 6);
            d = i(d, a, b, c, x7 + 0x432aff97, 10);
            c = i(c, d, a, b, x14 + 0xab9423a7, 15);
            b = i(b, c, d, a, x5 + 0xfc93a039, 21);
            a = i(a, b, c, d, x12 + 0x655b59c3, 6);
            d = i(d, a, b, c, x3 + 0x8f0ccc92, 10);
            c = i(c, d, a, b, x10 + 0xffeff47d, 15);
            b = i(b, c, d, a, x1 + 0x85845dd1, 21);
            a = i(a, b, c, d, x8 + 0x6fa87e4f, 6);
            d = i(d, a, b, c, x15 + 0xfe2ce6e0, 10);
            c = i(c, d, a, b, x6 + 0xa3014314, 15);
            b = i(b, c, d, a, x13 + 0x4e0811a1, 21);
            a = i(a, b, c, d, x4 + 0xf7537e82, 6);
            d = i(d, a, b, c, x11 + 0xbd3af235, 10);
            c = i(c, d, a, b, x2 + 0x2ad7d2bb, 15);
            b = i(b, c, d, a, x9 + 0xeb86d391, 21);
            a += a0;
            b += b0;
            c += c0;
            d += d0;
        }
        if (words.length > 0) {
            words[0] = a;
            words[1] = b;
            words[2] = c;
            words[3] = d;
        }
        return a;
    }

    /** A word of the message: its bytes, then 0x80, then zeros. */
    private static int word(byte[] in, int from, int length, int at) {
        int rest = length - at;
        return rest >= Integer.BYTES ? (int) INT.get(in, from + at) : lastWord(in, from + at, rest);
    }

    private static int lastWord(byte[] in, int index, int rest) {
        return switch (rest) {
            case 3 ->
                    (in[index] & 0xFF)
                            | (in[index + 1] & 0xFF) << 8
                            | (in[index + 2] & 0xFF) << 16
                            | 0x80 << 24;
            case 2 -> (in[index] & 0xFF) | (in[index + 1] & 0xFF) << 8 | 0x80 << 16;
            case 1 -> (in[index] & 0xFF) | 0x80 << 8;
            case 0 -> 0x80;
            default -> 0;
        };
    }

    // Each step waits for b, the result of the one before: sums begin with what is known already.

    private static int f(int a, int b, int c, int d, int x, int shift) {
        return b + Integer.rotateLeft(a + x + (d ^ (b & (c ^ d))), shift);
    }

    /** The two terms have no bits in common: their sum is their union. */
    private static int g(int a, int b, int c, int d, int x, int shift) {
        return b + Integer.rotateLeft(a + x + (c & ~d) + (b & d), shift);
    }

    private static int h(int a, int b, int c, int d, int x, int shift) {
        return b + Integer.rotateLeft(a + x + (b ^ (c ^ d)), shift);
    }

    private static int i(int a, int b, int c, int d, int x, int shift) {
        return b + Integer.rotateLeft(a + x + (c ^ (b | ~d)), shift);
    }
}
