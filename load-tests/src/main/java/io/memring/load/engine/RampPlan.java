package io.memring.load.engine;

import java.time.Duration;

/**
 * A search for the highest rate at which a percentile of the latencies stays under a limit.
 *
 * @param from the lowest rate, in requests per second
 * @param to the highest rate
 * @param percentile from 0 to 100
 * @param limit what that percentile may be
 * @param step how long each rate is tried
 */
public record RampPlan(double from, double to, double percentile, Duration limit, Duration step) {
    public RampPlan {
        if (!(from > 0 && to >= from)) {
            throw new IllegalArgumentException(
                    "a ramp goes up from a rate above 0: from=" + from + ", to=" + to);
        }
        if (!(percentile > 0 && percentile <= 100) || limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException(
                    "a percentile is above 0, up to 100, and its limit above 0: percentile="
                            + percentile
                            + ", limit="
                            + limit);
        }
        if (!step.isPositive()) {
            throw new IllegalArgumentException("a step takes some time: step=" + step);
        }
    }
}
