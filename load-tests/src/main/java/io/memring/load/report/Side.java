package io.memring.load.report;

import io.memring.load.result.LoadResult;

import java.util.List;

/**
 * One of the servers or earlier runs that a report is about.
 *
 * @param name what it is called in the report
 * @param rounds its runs, at least one, in order
 */
record Side(String name, List<LoadResult> rounds) {

    Side {
        rounds = List.copyOf(rounds);
        if (rounds.isEmpty()) {
            throw new IllegalArgumentException("a side has at least one round: name=" + name);
        }
    }

    /** All rounds as one run. */
    LoadResult pooled() {
        return Pool.of(rounds);
    }
}
