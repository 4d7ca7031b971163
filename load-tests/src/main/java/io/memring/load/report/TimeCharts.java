package io.memring.load.report;

import io.memring.load.result.Interval;

import org.HdrHistogram.Histogram;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** What runs looked like over time: one run in several lines, or two runs side by side. */
final class TimeCharts {

    /** A figure that intervals have. */
    private record Trace(
            String name, int colour, boolean dashed, ToDoubleFunction<Interval> figure) {}

    /** A trace of one of the runs. */
    private record Drawn(Trace trace, Timeline timeline) {}

    private static final String TIME_OF_ONE = "time since the run began";
    private static final String TIME_OF_SEVERAL = "measured time, one round after the other";

    private final List<String> names;
    private final List<Timeline> timelines;
    private final IdentityHashMap<Interval, Histogram> histograms = new IdentityHashMap<>();

    /** Of pooled runs, one or two, and what they are called. */
    TimeCharts(List<String> names, List<Timeline> timelines) {
        this.names = List.copyOf(names);
        this.timelines = List.copyOf(timelines);
    }

    /** Requests per second and, where they are more, keys. */
    Chart throughput() {
        List<Trace> one = new ArrayList<>();
        one.add(new Trace("requests", 1, false, Interval::requestRate));
        if (timelines.getFirst().intervals().stream().anyMatch(TimeCharts::namesMoreKeys)) {
            one.add(new Trace("keys", 2, true, Interval::keyRate));
        }
        List<Drawn> drawn = drawn(one, one.subList(0, 1));
        Axis y = Axis.linear("per second", max(drawn), Figures::rate);
        return chart("Throughput over time", y, drawn, Figures::rate);
    }

    /** Percentiles of latency, on a logarithmic axis. */
    Chart latency() {
        List<Trace> one =
                List.of(
                        percentile("p50", 1, false, 50),
                        percentile("p99", 2, false, 99),
                        percentile("p99.9", 3, true, 99.9),
                        new Trace("max", 4, true, i -> positive(i.all().latencies().maxNanos())));
        List<Drawn> drawn =
                drawn(
                        one,
                        List.of(percentile("p50", 1, true, 50), percentile("p99", 1, false, 99)));
        Axis y = Axis.logarithmic("logarithmic", min(drawn), max(drawn), Figures::time);
        return chart("Latency over time", y, drawn, Figures::time);
    }

    /** Requests that were answered with errors, and wrong values. */
    Chart errors() {
        List<Trace> one =
                List.of(
                        new Trace("errors", 2, false, i -> rate(i, i.all().counts().errors())),
                        new Trace(
                                "wrong values",
                                4,
                                true,
                                i -> rate(i, i.all().counts().wrongValues())));
        List<Drawn> drawn = drawn(one, one.subList(0, 1));
        Axis y = Axis.linear("per second", max(drawn), Figures::rate);
        return chart("Errors over time", y, drawn, Figures::rate);
    }

    /** What share of a core the busiest thread of the generator used. */
    Chart generator() {
        List<Trace> one =
                List.of(new Trace("busiest thread", 5, false, i -> i.generatorCpu() * 100));
        Axis y = Axis.linear("of one core", 100, TimeCharts::percent);
        return chart("Generator: its busiest thread", y, drawn(one, one), TimeCharts::percent);
    }

    private Trace percentile(String name, int colour, boolean dashed, double percentile) {
        return new Trace(
                name,
                colour,
                dashed,
                interval ->
                        positive(
                                histograms
                                        .computeIfAbsent(
                                                interval, i -> i.all().latencies().toHistogram())
                                        .getValueAtPercentile(percentile)));
    }

    private static boolean namesMoreKeys(Interval interval) {
        return interval.all().counts().keys() > interval.all().counts().requests();
    }

    /** An interval without requests has no latencies. */
    private static double positive(long nanos) {
        return nanos > 0 ? (double) nanos : Double.NaN;
    }

    private static double rate(Interval interval, long count) {
        return count * 1e9 / interval.lengthNanos();
    }

    private static String percent(double percent) {
        return Figures.percent(percent / 100);
    }

    /** A run alone is drawn in {@code one}; of several, each in {@code each} and its own colour. */
    private List<Drawn> drawn(List<Trace> one, List<Trace> each) {
        if (timelines.size() == 1) {
            return one.stream().map(trace -> new Drawn(trace, timelines.getFirst())).toList();
        }
        List<Drawn> drawn = new ArrayList<>();
        for (int i = 0; i < timelines.size(); i++) {
            for (Trace trace : each) {
                String name = names.get(i) + (each.size() > 1 ? ' ' + trace.name() : "");
                Trace coloured = new Trace(name, i + 1, trace.dashed(), trace.figure());
                drawn.add(new Drawn(coloured, timelines.get(i)));
            }
        }
        return drawn;
    }

    private Chart chart(String title, Axis y, List<Drawn> drawn, DoubleFunction<String> figure) {
        double end = timelines.stream().mapToDouble(Timeline::end).max().orElse(0);
        String time = timelines.size() == 1 ? TIME_OF_ONE : TIME_OF_SEVERAL;
        Chart chart = new Chart(title, Axis.seconds(time, end), y);
        if (timelines.size() == 1) {
            chart.shade(timelines.getFirst().bands());
        }
        return chart.add(drawn.stream().map(TimeCharts::line).toList()).tell(tips(drawn, figure));
    }

    private static Chart.Line line(Drawn drawn) {
        Trace trace = drawn.trace();
        return new Chart.Line(
                trace.name(),
                trace.colour(),
                trace.dashed(),
                drawn.timeline().intervals().stream()
                        .map(
                                i ->
                                        new Chart.Point(
                                                Timeline.middle(i),
                                                trace.figure().applyAsDouble(i)))
                        .toList());
    }

    /** At each interval of the first run, with what the other has in the same place. */
    private static List<Chart.Tip> tips(List<Drawn> drawn, DoubleFunction<String> figure) {
        List<Chart.Tip> tips = new ArrayList<>();
        List<Interval> intervals = drawn.getFirst().timeline().intervals();
        for (int i = 0; i < intervals.size(); i++) {
            int place = i;
            double at = Timeline.middle(intervals.get(i));
            String text =
                    drawn.stream()
                            .filter(one -> place < one.timeline().intervals().size())
                            .map(one -> one.trace().name() + "  " + figure.apply(at(one, place)))
                            .collect(Collectors.joining("\n"));
            tips.add(new Chart.Tip(at, Figures.clock(at * 1e9) + '\n' + text));
        }
        return tips;
    }

    private static double at(Drawn drawn, int place) {
        return drawn.trace().figure().applyAsDouble(drawn.timeline().intervals().get(place));
    }

    private static double max(List<Drawn> drawn) {
        return values(drawn).max().orElse(1);
    }

    private static double min(List<Drawn> drawn) {
        return values(drawn).min().orElse(1);
    }

    private static DoubleStream values(List<Drawn> drawn) {
        return drawn.stream()
                .flatMapToDouble(
                        one ->
                                one.timeline().intervals().stream()
                                        .mapToDouble(one.trace().figure()))
                .filter(Double::isFinite);
    }
}
