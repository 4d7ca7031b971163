package io.memring.client.ring;

import java.util.function.IntPredicate;

/** Places keys on numbered nodes. From a node that cannot be used it goes on to the next number. */
final class IndexLocator implements NodeLocator {

    /** Maps a key to a number below {@code nodes}. */
    @FunctionalInterface
    interface Placement {
        int locate(byte[] key, int from, int length, int nodes);
    }

    private final Placement algorithm;

    /** The indices of the nodes that are not draining. */
    private final int[] live;

    /** Takes over the indices of the nodes that are not draining. */
    IndexLocator(Placement algorithm, int[] live) {
        this.algorithm = algorithm;
        this.live = live;
    }

    @Override
    public int locate(byte[] key, int from, int length) {
        return live[algorithm.locate(key, from, length, live.length)];
    }

    @Override
    public int locate(byte[] key, int from, int length, IntPredicate usable) {
        int first = algorithm.locate(key, from, length, live.length);
        for (int i = 0; i < live.length; i++) {
            int index = live[(first + i) % live.length];
            if (usable.test(index)) {
                return index;
            }
        }
        return NONE;
    }
}
