package io.memring.server.connection;

/**
 * What a thread has had of its processors, as in Linux's {@code /proc/PID/schedstat}.
 *
 * @param ranNanos for which it has run
 * @param waitedNanos for which it was ready to run, and another thread ran where it was
 * @param runs how often it has begun to run
 */
record SchedStat(long ranNanos, long waitedNanos, long runs) {
    static final SchedStat NONE = new SchedStat(0, 0, 0);

    /** Reads that file. */
    static SchedStat parse(ProcFile schedstat) {
        return new SchedStat(
                schedstat.nextNumber(), schedstat.nextNumber(), schedstat.nextNumber());
    }

    SchedStat plus(SchedStat other) {
        return new SchedStat(
                ranNanos + other.ranNanos, waitedNanos + other.waitedNanos, runs + other.runs);
    }

    SchedStat minus(SchedStat before) {
        return new SchedStat(
                ranNanos - before.ranNanos, waitedNanos - before.waitedNanos, runs - before.runs);
    }
}
