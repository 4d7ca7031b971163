package io.memring.engine.item;

import io.memring.slab.SlabMemory;

/**
 * The 64-bit hash of a key: multiplies pairs of words into 128 bits and folds them, as the wyhash
 * family does. The tail is read by words that overlap what was read before, never past the key.
 */
public final class KeyHash {

    private static final long SECRET_0 = 0xa0761d6478bd642fL;
    private static final long SECRET_1 = 0xe7037ed1a0b428dbL;
    private static final long SECRET_2 = 0x8ebc6af09c88c6e3L;

    private static final int PAIR = 2 * Long.BYTES;

    private KeyHash() {}

    public static long hash(long address, int length) {
        long seed = SECRET_0;
        long position = address;
        int left = length;
        while (left > PAIR) {
            seed =
                    fold(
                            SlabMemory.getLong(position) ^ SECRET_1,
                            SlabMemory.getLong(position + 8) ^ seed);
            position += PAIR;
            left -= PAIR;
        }
        long first;
        long last;
        if (left >= Long.BYTES) {
            first = SlabMemory.getLong(position);
            last = SlabMemory.getLong(position + left - Long.BYTES);
        } else if (left >= Integer.BYTES) {
            first = SlabMemory.getInt(position);
            last = SlabMemory.getInt(position + left - Integer.BYTES);
        } else {
            first = shortTail(position, left);
            last = 0;
        }
        return fold(SECRET_2 ^ length, fold(first ^ SECRET_1, last ^ seed));
    }

    private static long shortTail(long position, int length) {
        if (length == 0) {
            return 0;
        }
        long first = SlabMemory.getByte(position) & 0xff;
        long middle = SlabMemory.getByte(position + (length >>> 1)) & 0xff;
        long last = SlabMemory.getByte(position + length - 1) & 0xff;
        return first << 16 | middle << 8 | last;
    }

    private static long fold(long a, long b) {
        return a * b ^ Math.unsignedMultiplyHigh(a, b);
    }
}
