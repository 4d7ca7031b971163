package io.memring.load.report;

import io.memring.load.result.Counts;
import io.memring.load.result.Interval;
import io.memring.load.result.Phase;

import org.HdrHistogram.Histogram;

import java.util.Locale;

/**
 * Where a run stands at the end of an interval.
 *
 * @param phaseStartNanos when the interval's phase began, since the run began
 * @param errors since the run began
 * @param wrongValues since the run began
 */
record Progress(Interval interval, long phaseStartNanos, long errors, long wrongValues) {

    /** What comes after this state. */
    Progress next(Interval following) {
        Counts counts = following.all().counts();
        return new Progress(
                following,
                following.phase() == interval.phase() ? phaseStartNanos : following.startNanos(),
                errors + counts.errors(),
                wrongValues + counts.wrongValues());
    }

    /** The first state. */
    static Progress first(Interval interval) {
        Counts counts = interval.all().counts();
        return new Progress(interval, interval.startNanos(), counts.errors(), counts.wrongValues());
    }

    /** One line, of less than eighty characters while counts stay below a million. */
    String line() {
        Counts counts = interval.all().counts();
        Histogram latencies = interval.all().latencies().toHistogram();
        String line =
                String.format(
                        Locale.ROOT,
                        "%s %-7s %8s  hits %6s  p50 %7s  p99 %7s  errors %d  %s left",
                        Figures.clock((double) end()),
                        label(interval.phase()),
                        Figures.rate(interval.requestRate()),
                        Figures.percent(counts.hitRatio()),
                        Figures.time(latencies.getValueAtPercentile(50)),
                        Figures.time(latencies.getValueAtPercentile(99)),
                        errors,
                        timeLeft());
        return wrongValues == 0 ? line : line + "  WRONG VALUES " + wrongValues;
    }

    /** The time that the phase still takes if it goes on as it went so far. */
    private String timeLeft() {
        double done = interval.phaseProgress();
        return done > 0
                ? Figures.clock((end() - phaseStartNanos) * (1 - Math.min(done, 1)) / done)
                : "?";
    }

    private long end() {
        return interval.startNanos() + interval.lengthNanos();
    }

    /** A phase in a word. */
    static String label(Phase phase) {
        return switch (phase) {
            case FILL -> "fill";
            case WARM_UP -> "warm-up";
            case MEASURE -> "measure";
        };
    }
}
