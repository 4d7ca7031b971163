package io.memring.engine;

/**
 * What one worker has counted; written by that worker only, read by anybody, who may see it a
 * moment late.
 */
final class Counters {

    /**
     * Longs before and after the counters, so that two workers never write to the same cache line.
     */
    private static final int PADDING = 16;

    private final long[] values = new long[PADDING + Stat.values().length + PADDING];

    void add(Stat stat) {
        values[PADDING + stat.ordinal()]++;
    }

    void add(Stat stat, long n) {
        values[PADDING + stat.ordinal()] += n;
    }

    long value(Stat stat) {
        return values[PADDING + stat.ordinal()];
    }
}
