package io.memring.client.connection;

/** Numbers requests of a connection, around the clock. */
final class OpaqueSource {
    private static final int MASK = 0xFFFFFF;

    private int last;

    long next() {
        last = last + 1 & MASK;
        return last;
    }

    /** How many numbers after another one a number comes. */
    static int steps(long from, long to) {
        return (int) (to - from) & MASK;
    }
}
