package io.memring.server.connection;

import java.util.List;

/**
 * What a thread has had of its processors, as in Linux's {@code /proc/PID/schedstat}.
 *
 * @param ranNanos for which it has run
 * @param waitedNanos for which it was ready to run, and another thread ran where it was
 * @param runs how often it has begun to run
 */
record SchedStat(long ranNanos, long waitedNanos, long runs) {
    static final SchedStat NONE = new SchedStat(0, 0, 0);

    /** Reads a line of that file. */
    static SchedStat parse(String line) {
        List<Long> numbers =
                List.of(line.strip().split(" ", -1)).stream().map(Long::valueOf).toList();
        return new SchedStat(numbers.get(0), numbers.get(1), numbers.get(2));
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
