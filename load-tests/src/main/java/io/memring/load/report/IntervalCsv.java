package io.memring.load.report;

import io.memring.load.result.CommandFigures;
import io.memring.load.result.Counts;
import io.memring.load.result.Interval;
import io.memring.load.result.LoadResult;

import java.util.List;
import java.util.Locale;

/**
 * Intervals as comma-separated values, for spreadsheets and statistics programs: one line for each
 * kind of request of each interval, and one for {@code all} of them. Times are in seconds since the
 * run began, latencies in microseconds.
 */
final class IntervalCsv {

    private static final String HEADER =
            "side,round,phase,start_s,length_s,command,requests,keys,hits,misses,conflicts,errors,"
                    + "wrong_values,requests_per_s,mean_us,p50_us,p90_us,p99_us,p999_us,max_us\n";

    private final StringBuilder text = new StringBuilder(HEADER);

    private IntervalCsv() {}

    /** The whole file, of all phases. */
    static String of(List<Side> sides) {
        IntervalCsv csv = new IntervalCsv();
        for (Side side : sides) {
            int round = 0;
            for (LoadResult result : side.rounds()) {
                csv.add(quoted(side.name()) + ',' + ++round, result);
            }
        }
        return csv.text.toString();
    }

    private void add(String run, LoadResult result) {
        for (Interval interval : result.intervals()) {
            String prefix =
                    String.format(
                            Locale.ROOT,
                            "%s,%s,%.3f,%.3f",
                            run,
                            Progress.label(interval.phase()),
                            interval.startNanos() / 1e9,
                            interval.lengthNanos() / 1e9);
            interval.commands()
                    .forEach((kind, figures) -> add(prefix, kind.label(), figures, interval));
            add(prefix, "all", interval.all(), interval);
        }
    }

    private void add(String prefix, String command, CommandFigures figures, Interval interval) {
        Counts counts = figures.counts();
        LatencySummary latency = LatencySummary.of(figures.latencies());
        text.append(prefix).append(',').append(command);
        for (long count :
                new long[] {
                    counts.requests(),
                    counts.keys(),
                    counts.hits(),
                    counts.misses(),
                    counts.conflicts(),
                    counts.errors(),
                    counts.wrongValues()
                }) {
            text.append(',').append(count);
        }
        text.append(
                String.format(
                        Locale.ROOT,
                        ",%.1f,%.3f,%.3f,%.3f,%.3f,%.3f,%.3f\n",
                        counts.requests() * 1e9 / interval.lengthNanos(),
                        latency.mean() / 1e3,
                        latency.p50() / 1e3,
                        latency.p90() / 1e3,
                        latency.p99() / 1e3,
                        latency.p999() / 1e3,
                        latency.max() / 1e3));
    }

    private static String quoted(String name) {
        return name.matches("[^\",\\r\\n]*") ? name : '"' + name.replace("\"", "\"\"") + '"';
    }
}
