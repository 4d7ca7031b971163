package io.memring.load.engine;

import io.memring.load.result.CommandKind;
import io.memring.load.result.Counts;
import io.memring.load.result.Traffic;

import org.HdrHistogram.Histogram;

import java.util.List;
import java.util.Map;

/**
 * What one load thread did in about a second.
 *
 * @param thread its number
 * @param index of the second in the leg
 * @param startNanos on the clock of {@link System#nanoTime}
 * @param times of the thread
 * @param progress of the thread's share of the leg, from 0 to 1
 * @param isLast true if the thread has ended the leg
 */
record ThreadSample(
        int thread,
        int index,
        long startNanos,
        long endNanos,
        ThreadTimes times,
        double progress,
        boolean isLast,
        Figures figures) {

    /** What was counted. The histograms belong to whoever has the sample. */
    record Figures(
            Map<CommandKind, Kind> kinds,
            Traffic traffic,
            Histogram serviceTimes,
            Histogram sendLags,
            Map<String, Long> errors,
            List<String> wrongValues) {}

    /** Of one kind of request. */
    record Kind(Counts counts, Histogram latencies) {}
}
