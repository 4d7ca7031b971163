package io.memring.load.engine;

import org.jspecify.annotations.Nullable;

import java.util.SplittableRandom;

/** The times at which one thread of an open loop is to send. Owned by that thread. */
final class Pacer {
    private final double gapNanos;
    private final @Nullable SplittableRandom random;
    private final long origin;

    /** Since the origin; a sum of gaps, exact to a fraction of a nanosecond for days. */
    private double next;

    /**
     * Requests at even distances, or as independent users would send them.
     *
     * @param origin the time of the beginning
     * @param firstNanos from there to the first request
     * @param gapNanos between requests, on average
     * @param random draws exponential distances (a Poisson process); null for even ones
     */
    Pacer(long origin, double firstNanos, double gapNanos, @Nullable SplittableRandom random) {
        this.origin = origin;
        this.next = firstNanos;
        this.gapNanos = gapNanos;
        this.random = random;
    }

    /** When the next request is due. */
    long due() {
        return origin + (long) next;
    }

    void advance() {
        next += random == null ? gapNanos : -Math.log(1 - random.nextDouble()) * gapNanos;
    }
}
