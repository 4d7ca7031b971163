package io.memring.client.ring;

/** Algorithms that place keys on numbered nodes. */
enum IndexAlgorithm {
    /**
     * Lamping's and Veach's jump consistent hash: no memory, perfect balance, but only the last
     * node can leave without moving the keys of others.
     */
    JUMP {
        @Override
        int locate(byte[] key, int from, int length, int nodes) {
            return jump(Murmur.hash64(key, from, length, 0), nodes);
        }
    },
    /** mcrouter's Ch3, which is the FurcHash of the key. */
    FURC {
        @Override
        int locate(byte[] key, int from, int length, int nodes) {
            return furc(Murmur.hash64(key, from, length, FURC_SEED), nodes);
        }
    };

    private static final long FURC_SEED = 4193360111L;
    private static final int FURC_TRIES = 32;

    /** Bits that a step along the stream is ahead of the bit that decided it. */
    private static final int FURC_STRIDE = 23;

    /** The index of the node that owns a key, from 0 to {@code nodes} - 1. */
    abstract int locate(byte[] key, int from, int length, int nodes);

    static int jump(long hash, int nodes) {
        long key = hash;
        long bucket = -1;
        long next = 0;
        while (next < nodes) {
            bucket = next;
            key = key * 2862933555777941757L + 1;
            next = (long) ((bucket + 1) * ((double) (1L << 31) / ((key >>> 33) + 1)));
        }
        return (int) bucket;
    }

    /**
     * Walks down a binary tree of as many levels as the number of nodes has bits. A bit of an
     * endless stream says whether to go down a level; then bits choose a leaf there, and one that
     * does not exist starts the next try.
     */
    static int furc(long first, int nodes) {
        int level = Integer.SIZE - Integer.numberOfLeadingZeros(nodes - 1);
        int at = level;
        for (int attempt = 0; attempt < FURC_TRIES && level > 0; attempt++) {
            while (!bit(first, at)) {
                if (--level == 0) {
                    return 0;
                }
                at = level;
            }
            at += FURC_STRIDE;
            int leaf = 1;
            for (int i = 0; i < level - 1; i++) {
                leaf = leaf << 1 | (bit(first, at) ? 1 : 0);
                at += FURC_STRIDE;
            }
            if (leaf < nodes) {
                return leaf;
            }
        }
        return 0;
    }

    /** A bit of the stream, each 64 of which are the hash of the 64 before. */
    private static boolean bit(long first, int index) {
        long word = first;
        for (int i = index >>> 6; i > 0; i--) {
            word = Murmur.hash64(word, FURC_SEED);
        }
        return (word >>> (index & 63) & 1) != 0;
    }
}
