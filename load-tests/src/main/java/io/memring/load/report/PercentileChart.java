package io.memring.load.report;

import io.memring.load.result.Latencies;
import io.memring.load.result.LoadResult;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The curve of all percentiles of latency. */
final class PercentileChart {

    /** How fine the curve is: so many points each time the rest is halved. */
    private static final int POINTS_PER_HALVING = 8;

    private static final double[] TOLD = {25, 50, 75, 90, 95, 99, 99.9, 99.99, 99.999, 99.9999};

    /** A set of latencies that is drawn. */
    private record Curve(String name, int colour, boolean dashed, Histogram histogram) {

        static Curve of(String name, int colour, boolean dashed, Latencies latencies) {
            return new Curve(name, colour, dashed, latencies.toHistogram());
        }
    }

    private final List<Curve> curves = new ArrayList<>();

    private PercentileChart() {}

    /** Of one run: all requests and each kind, and in the open loop from when they were sent. */
    static Chart of(LoadResult run) {
        PercentileChart chart = new PercentileChart();
        chart.curves.add(Curve.of("all", 1, false, run.totals().all().latencies()));
        if (run.setup().isOpenLoop()) {
            chart.curves.add(Curve.of("all, from when sent", 1, true, run.totals().serviceTimes()));
        }
        if (run.totals().commands().size() > 1) {
            run.totals()
                    .commands()
                    .forEach((kind, of) -> chart.addKind(kind.label(), of.latencies()));
        }
        return chart.draw();
    }

    /** Of several runs, all requests of each. */
    static Chart of(List<String> names, List<LoadResult> runs) {
        PercentileChart chart = new PercentileChart();
        for (int i = 0; i < runs.size(); i++) {
            chart.curves.add(
                    Curve.of(names.get(i), i + 1, false, runs.get(i).totals().all().latencies()));
        }
        return chart.draw();
    }

    private void addKind(String name, Latencies latencies) {
        int colour = 2 + (int) curves.stream().filter(curve -> curve.colour() > 1).count();
        curves.add(Curve.of(name, colour, false, latencies));
    }

    private Chart draw() {
        curves.removeIf(curve -> curve.histogram().getTotalCount() == 0);
        long most = 1;
        double low = Double.MAX_VALUE;
        double high = 1;
        for (Curve curve : curves) {
            most = Math.max(most, curve.histogram().getTotalCount());
            low = Math.min(low, positive(curve.histogram().getMinNonZeroValue()));
            high = Math.max(high, positive(curve.histogram().getMaxValue()));
        }
        Axis y = Axis.logarithmic("logarithmic", Math.min(low, high), high, Figures::time);
        return new Chart("Latency by percentile", Axis.percentiles("percentile", most), y)
                .add(curves.stream().map(PercentileChart::line).toList())
                .tell(tips(most));
    }

    private static Chart.Line line(Curve curve) {
        List<Chart.Point> points = new ArrayList<>();
        for (HistogramIterationValue value : curve.histogram().percentiles(POINTS_PER_HALVING)) {
            points.add(
                    new Chart.Point(
                            Math.min(
                                    value.getPercentileLevelIteratedTo(),
                                    lastPercentile(curve.histogram())),
                            positive(value.getValueIteratedTo())));
        }
        return new Chart.Line(curve.name(), curve.colour(), curve.dashed(), points);
    }

    /** What a logarithmic axis can show. */
    private static double positive(long nanos) {
        return (double) Math.max(nanos, 1);
    }

    /** Where the greatest of all stands: all the others are below. */
    private static double lastPercentile(Histogram histogram) {
        return 100 - 100.0 / (histogram.getTotalCount() + 1);
    }

    private List<Chart.Tip> tips(long most) {
        List<Chart.Tip> tips = new ArrayList<>();
        for (double percentile : TOLD) {
            if (percentile <= 100 - 100.0 / most) {
                tips.add(new Chart.Tip(percentile, tip(percentile)));
            }
        }
        return tips;
    }

    private String tip(double percentile) {
        return curves.stream()
                .map(
                        curve ->
                                curve.name()
                                        + "  "
                                        + Figures.time(
                                                curve.histogram().getValueAtPercentile(percentile)))
                .collect(Collectors.joining("\n", percentile + "%\n", ""));
    }
}
