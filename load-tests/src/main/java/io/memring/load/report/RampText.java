package io.memring.load.report;

import io.memring.load.result.Ramp;

import java.util.Locale;

/** A ramp in words. */
final class RampText {

    private RampText() {}

    /** The percentile that is limited, such as p99 or p99.9. */
    static String percentile(Ramp ramp) {
        return "p"
                + String.format(Locale.ROOT, "%.3f", ramp.percentile()).replaceAll("\\.?0+$", "");
    }

    /** The condition. */
    static String limit(Ramp ramp) {
        return percentile(ramp) + " ≤ " + Figures.time(ramp.limitNanos());
    }

    /** What was found. */
    static String knee(Ramp ramp) {
        Ramp.Step knee = ramp.knee();
        return knee == null
                ? "no rate that was tried kept to " + limit(ramp)
                : "the highest rate with " + limit(ramp) + ": " + Figures.rate(knee.achievedRate());
    }
}
