package io.memring.client.connection;

/** Numbers requests of a connection, around the clock. */
final class OpaqueSource {
    private static final int MASK = 0xFFFFFF;

    private int last;

    long next() {
        last = last + 1 & MASK;
        return last;
    }

    /** The number that comes some numbers after another. */
    static long plus(long opaque, int steps) {
        return opaque + steps & MASK;
    }
}
