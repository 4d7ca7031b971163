package io.memring.load.result;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A search for the knee: the highest rate at which a percentile of the latencies stays under a
 * limit.
 *
 * @param percentile from 0 to 100
 * @param limitNanos what that percentile may be
 * @param steps in the order in which they were tried
 * @param knee the best step that kept to the limit; null if none did
 */
public record Ramp(double percentile, long limitNanos, List<Step> steps, @Nullable Step knee) {

    public Ramp {
        steps = List.copyOf(steps);
    }

    /**
     * One rate.
     *
     * @param targetRate requests per second asked for
     * @param achievedRate requests per second answered
     * @param withinLimit true if the percentile kept to the limit and the rate was achieved
     */
    public record Step(
            double targetRate, double achievedRate, Latencies latencies, boolean withinLimit) {}
}
