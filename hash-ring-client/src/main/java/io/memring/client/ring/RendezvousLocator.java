package io.memring.client.ring;

import java.util.function.IntPredicate;

/**
 * Highest random weight: every node has a score for a key, the best one owns it. Costs as many
 * scores as there are nodes; when a node leaves, its keys spread evenly over all others.
 */
final class RendezvousLocator implements NodeLocator {

    private static final double MANTISSA = 0x1.0p53;

    /** A hash of each node's identity. */
    private final long[] seeds;

    /** Each node's weight; a draining node has none and never wins. */
    private final int[] weights;

    /** Takes over both arrays. */
    RendezvousLocator(long[] seeds, int[] weights) {
        this.seeds = seeds;
        this.weights = weights;
    }

    @Override
    public int locate(byte[] key, int from, int length) {
        return locate(key, from, length, index -> true);
    }

    @Override
    public int locate(byte[] key, int from, int length, IntPredicate usable) {
        long hash = Murmur.hash64(key, from, length, 0);
        int best = NONE;
        double bestScore = 0;
        for (int i = 0; i < seeds.length; i++) {
            if (weights[i] > 0 && usable.test(i)) {
                double score = score(hash, i);
                if (score > bestScore) {
                    best = i;
                    bestScore = score;
                }
            }
        }
        return best;
    }

    /** The weight over the negative logarithm of a uniform number above 0 and below 1. */
    private double score(long hash, int index) {
        long mixed = Murmur.hash64(hash, seeds[index]);
        double uniform = ((mixed >>> 11) + 0.5) / MANTISSA;
        return weights[index] / -Math.log(uniform);
    }
}
