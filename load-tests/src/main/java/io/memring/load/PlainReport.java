package io.memring.load;

import io.memring.load.result.CommandFigures;
import io.memring.load.result.CommandKind;
import io.memring.load.result.Counts;
import io.memring.load.result.Interval;
import io.memring.load.result.LoadObserver;
import io.memring.load.result.LoadResult;
import io.memring.load.result.Note;
import io.memring.load.result.Ramp;
import io.memring.load.result.RunSetup;
import io.memring.load.result.Totals;

import java.io.PrintStream;
import java.util.Locale;

/** Prints a line for each interval, and the totals. */
final class PlainReport implements LoadObserver {
    private final PrintStream out;

    PlainReport(PrintStream out) {
        this.out = out;
    }

    @Override
    public void onStart(RunSetup setup) {
        out.printf(
                "%s: %s, %s, %d connections, pipeline %d, %d threads, seed %d%n",
                setup.label(),
                String.join(" ", setup.nodes()),
                setup.protocol(),
                setup.connections(),
                setup.pipeline(),
                setup.threads(),
                setup.seed());
        out.println(setup.settings());
    }

    @Override
    public void onInterval(Interval interval) {
        Counts counts = interval.all().counts();
        out.printf(
                Locale.ROOT,
                "%-8s %6.1f s %,12.0f requests/s  hits %5.1f %%  p50 %8.1f us  p99 %8.1f us"
                        + "  errors %d%n",
                interval.phase(),
                (interval.startNanos() + interval.lengthNanos()) / 1e9,
                interval.requestRate(),
                100 * counts.hitRatio(),
                interval.all().latencies().nanosAt(50) / 1e3,
                interval.all().latencies().nanosAt(99) / 1e3,
                counts.errors());
    }

    @Override
    public void onFinish(LoadResult result) {
        Totals totals = result.totals();
        for (CommandKind kind : CommandKind.values()) {
            CommandFigures figures = totals.commands().get(kind);
            if (figures != null) {
                line(kind.label(), figures, totals.lengthNanos());
            }
        }
        line("all", totals.all(), totals.lengthNanos());
        out.printf(
                Locale.ROOT,
                "generator: %.0f %% busy; server: %.3f us of CPU per request%n",
                100 * result.generator().busiestThread(),
                result.serverNanosPerRequest() / 1e3);
        totals.errors().forEach(e -> out.println("error: " + e.message() + ": " + e.count()));
        totals.wrongValues().forEach(text -> out.println("wrong value: " + text));
        Ramp ramp = result.ramp();
        if (ramp != null) {
            ramp.steps().forEach(this::step);
        }
        for (Note note : result.notes()) {
            out.println(note.kind().name().toLowerCase(Locale.ROOT) + ": " + note.text());
        }
    }

    private void step(Ramp.Step step) {
        out.printf(
                Locale.ROOT,
                "step %,.0f/s: %,.0f/s, p99 %.1f us, %s%n",
                step.targetRate(),
                step.achievedRate(),
                step.latencies().nanosAt(99) / 1e3,
                step.withinLimit() ? "good" : "failed");
    }

    private void line(String name, CommandFigures figures, long lengthNanos) {
        Counts counts = figures.counts();
        out.printf(
                Locale.ROOT,
                "%-8s %,12d requests  %,12.0f/s  hits %,d  misses %,d  conflicts %,d  errors %,d"
                        + "  wrong %,d  p50 %.1f us  p99 %.1f us  p99.9 %.1f us  max %.1f us%n",
                name,
                counts.requests(),
                counts.requests() * 1e9 / lengthNanos,
                counts.hits(),
                counts.misses(),
                counts.conflicts(),
                counts.errors(),
                counts.wrongValues(),
                figures.latencies().nanosAt(50) / 1e3,
                figures.latencies().nanosAt(99) / 1e3,
                figures.latencies().nanosAt(99.9) / 1e3,
                figures.latencies().maxNanos() / 1e3);
    }
}
