package io.memring.client.ring;

/** Austin Appleby's MurmurHash3 of 32 bits and MurmurHash64A. */
final class Murmur {
    private static final int C1 = 0xcc9e2d51;
    private static final int C2 = 0x1b873593;
    private static final long M = 0xc6a4a7935bd1e995L;

    private Murmur() {}

    /** MurmurHash3_x86_32 with seed 0. */
    static int hash32(byte[] in, int from, int length) {
        int hash = 0;
        int end = from + (length & -Integer.BYTES);
        for (int i = from; i < end; i += Integer.BYTES) {
            hash = Integer.rotateLeft(hash ^ scramble(Words.littleEndian(in, i)), 13);
            hash = hash * 5 + 0xe6546b64;
        }
        int tail = 0;
        for (int i = from + length - 1; i >= end; i--) {
            tail = tail << 8 | (in[i] & 0xFF);
        }
        hash ^= scramble(tail) ^ length;
        hash = (hash ^ (hash >>> 16)) * 0x85ebca6b;
        hash = (hash ^ (hash >>> 13)) * 0xc2b2ae35;
        return hash ^ (hash >>> 16);
    }

    private static int scramble(int word) {
        return Integer.rotateLeft(word * C1, 15) * C2;
    }

    /** MurmurHash64A. */
    static long hash64(byte[] in, int from, int length, long seed) {
        long hash = seed ^ (length * M);
        int end = from + (length & -Long.BYTES);
        for (int i = from; i < end; i += Long.BYTES) {
            hash = mixed(hash, Words.longLittleEndian(in, i));
        }
        if (end < from + length) {
            long tail = 0;
            for (int i = from + length - 1; i >= end; i--) {
                tail = tail << 8 | (in[i] & 0xFF);
            }
            hash = (hash ^ tail) * M;
        }
        return finish(hash);
    }

    /**
     * MurmurHash64A of the eight bytes of a word; its start has the seed and the length times M.
     */
    static long hash64(long word, long seed) {
        return finish(mixed(seed ^ (M << 3), word));
    }

    private static long mixed(long hash, long word) {
        long product = word * M;
        return (hash ^ ((product ^ (product >>> 47)) * M)) * M;
    }

    private static long finish(long hash) {
        long product = (hash ^ (hash >>> 47)) * M;
        return product ^ (product >>> 47);
    }
}
