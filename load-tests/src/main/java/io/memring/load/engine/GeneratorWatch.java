package io.memring.load.engine;

import io.memring.load.result.GeneratorFigures;
import io.memring.load.result.Note;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/** Finds out whether a run shows the servers, or the generator itself. Owned by the coordinator. */
final class GeneratorWatch {

    /** Above this share of a core a thread has no time to wait for the server. */
    private static final double BUSY = 0.90;

    /** From this share of its time on, what a thread waits for a processor is worth a note. */
    private static final double STARVED = 0.10;

    /** Requests that go out later than this, at the 99th percentile, are not at their times. */
    private static final long LATE_NANOS = 1_000_000;

    private static final String ADVICE = "; use more threads or another machine";

    private long cpuNanos;
    private double busiest;
    private double mostStarved;
    private double longestOccupied;

    /** Adds a leg that was measured. */
    void add(LegMonitor leg) {
        cpuNanos += leg.totalCpuNanos();
        busiest = Math.max(busiest, leg.largestShare(ThreadTimes::cpuNanos));
        mostStarved = Math.max(mostStarved, leg.largestShare(ThreadTimes::starvedNanos));
        longestOccupied =
                Math.max(
                        longestOccupied,
                        leg.largestShare(times -> times.cpuNanos() + times.starvedNanos()));
    }

    /**
     * What the generator needed.
     *
     * @param sendLagNanos of the 99th percentile of requests; 0 if they had no times
     */
    GeneratorFigures figures(long sendLagNanos) {
        boolean wasLimit = sendLagNanos > LATE_NANOS || longestOccupied >= BUSY;
        return new GeneratorFigures(cpuNanos, busiest, mostStarved, sendLagNanos, wasLimit);
    }

    /** What a reader of the figures has to know, if there is something. */
    static @Nullable Note note(GeneratorFigures figures) {
        if (figures.sendLagNanos() > LATE_NANOS) {
            return Note.warning(
                    String.format(
                            Locale.ROOT,
                            "the generator was the limit: 1 %% of the requests went out more than"
                                    + " %.1f ms late"
                                    + ADVICE,
                            figures.sendLagNanos() / 1e6));
        }
        String starved =
                String.format(
                        Locale.ROOT,
                        "waited %.0f %% of the time for a processor",
                        figures.mostStarvedThread() * 100);
        if (figures.wasLimit()) {
            return Note.warning(
                    String.format(
                            Locale.ROOT,
                            "the generator was the limit: a load thread was busy %.0f %% of the"
                                    + " time, and one %s"
                                    + ADVICE,
                            figures.busiestThread() * 100,
                            starved));
        }
        return figures.mostStarvedThread() < STARVED
                ? null
                : Note.info("a load thread " + starved + ", which latencies include");
    }
}
