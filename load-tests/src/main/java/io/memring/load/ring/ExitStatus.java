package io.memring.load.ring;

/** Exit statuses, as in {@code sysexits.h} where that has one. */
final class ExitStatus {
    static final int OK = 0;

    /** A key without an item. */
    static final int MISS = 1;

    static final int USAGE = 64;
    static final int NO_INPUT = 66;

    /** A node that does not answer, or not as it should. */
    static final int UNAVAILABLE = 69;

    private ExitStatus() {}
}
