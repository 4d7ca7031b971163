package io.memring.load.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.memring.load.result.CommandKind;
import io.memring.load.result.Interval;
import io.memring.load.result.Latencies;
import io.memring.load.result.LoadResult;
import io.memring.load.result.Phase;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;

/**
 * The latencies of measured intervals as a log of HdrHistogram, which its own tools read. All
 * requests of an interval are one histogram without a tag; each kind of request has one more, which
 * carries its name as a tag. In a comparison the names of the sides are in front of the tags.
 */
final class HdrLog {

    /** Histograms are in nanoseconds; the maxima beside them are in milliseconds, as is usual. */
    private static final double NANOS_PER_MILLI = 1e6;

    private final HistogramLogWriter writer;
    private final String prefix;

    private HdrLog(HistogramLogWriter writer, String prefix) {
        this.writer = writer;
        this.prefix = prefix;
    }

    /** The whole file. */
    static String of(List<Side> sides) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(bytes, false, UTF_8)) {
            HistogramLogWriter writer = new HistogramLogWriter(out);
            LoadResult first = sides.getFirst().rounds().getFirst();
            long start = first.setup().startedAt().toEpochMilli();
            writer.outputComment("[Latencies of memring load, in nanoseconds]");
            writer.outputLogFormatVersion();
            writer.outputBaseTime(start);
            writer.outputStartTime(start);
            writer.outputLegend();
            for (Side side : sides) {
                String prefix = sides.size() > 1 ? tag(side.name()) : "";
                side.rounds().forEach(new HdrLog(writer, prefix)::add);
            }
        }
        return bytes.toString(UTF_8);
    }

    private void add(LoadResult result) {
        for (Interval interval : result.intervals()) {
            if (interval.phase() == Phase.MEASURE) {
                add(prefix, interval, interval.all().latencies());
                interval.commands()
                        .forEach((kind, of) -> add(tagOf(kind), interval, of.latencies()));
            }
        }
    }

    private void add(String tag, Interval interval, Latencies latencies) {
        Histogram histogram = latencies.toHistogram();
        histogram.setTag(tag.isEmpty() ? null : tag);
        writer.outputIntervalHistogram(
                interval.startNanos() / 1e9,
                (interval.startNanos() + interval.lengthNanos()) / 1e9,
                histogram,
                NANOS_PER_MILLI);
    }

    private String tagOf(CommandKind kind) {
        return prefix.isEmpty() ? kind.label() : prefix + '-' + kind.label();
    }

    /** Tags must not contain what separates columns and lines. */
    private static String tag(String name) {
        return name.replaceAll("[,\\s]", "_");
    }
}
