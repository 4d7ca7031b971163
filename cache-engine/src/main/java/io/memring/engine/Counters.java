package io.memring.engine;

/**
 * What one worker has counted; written by that worker only, read by anybody, who may see it a
 * moment late.
 */
final class Counters {

    private final long[] values = new long[Stat.values().length];

    void add(Stat stat) {
        values[stat.ordinal()]++;
    }

    void add(Stat stat, long n) {
        values[stat.ordinal()] += n;
    }

    long value(Stat stat) {
        return values[stat.ordinal()];
    }
}
