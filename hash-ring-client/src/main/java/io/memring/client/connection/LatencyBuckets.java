package io.memring.client.connection;

/**
 * Sorts latencies into buckets that are an eighth of a power of two wide, so that what is read back
 * is at most an eighth too long. The last bucket takes all above half a minute.
 */
public final class LatencyBuckets {
    private static final int STEPS_SHIFT = 3;
    private static final int STEPS = 1 << STEPS_SHIFT;

    /** How many there are. */
    public static final int COUNT = 33 * STEPS;

    private LatencyBuckets() {}

    /** The bucket of a latency. */
    public static int index(long nanos) {
        long value = Math.max(nanos, 0);
        int exponent = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(value >> STEPS_SHIFT));
        int shift = Math.max(0, exponent - 1);
        int index = exponent * STEPS + (int) (value >> shift & STEPS - 1);
        return Math.min(index, COUNT - 1);
    }

    /** The longest latency of a bucket. */
    public static long longest(int index) {
        int exponent = index / STEPS;
        int shift = Math.max(0, exponent - 1);
        long lowest = (exponent == 0 ? 0L : STEPS) + index % STEPS;
        return (lowest + 1 << shift) - 1;
    }
}
