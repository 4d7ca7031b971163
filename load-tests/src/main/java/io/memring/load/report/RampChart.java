package io.memring.load.report;

import io.memring.load.result.Ramp;

import java.util.Comparator;
import java.util.List;

/** A ramp as a picture: the limited percentile over the rate, and the limit. */
final class RampChart {

    private RampChart() {}

    static Chart of(Ramp ramp) {
        List<Chart.Point> steps =
                ramp.steps().stream()
                        .map(step -> new Chart.Point(step.achievedRate(), latency(ramp, step)))
                        .sorted(Comparator.comparingDouble(Chart.Point::x))
                        .toList();
        double fastest = steps.stream().mapToDouble(Chart.Point::x).max().orElse(1);
        double limit = (double) ramp.limitNanos();
        double high = steps.stream().mapToDouble(Chart.Point::y).max().orElse(1);
        double low = steps.stream().mapToDouble(Chart.Point::y).min().orElse(1);
        Axis x = Axis.linear("requests answered per second", fastest, Figures::rate);
        Axis y =
                Axis.logarithmic(
                        RampText.percentile(ramp) + " of latency, logarithmic",
                        Math.min(low, limit),
                        Math.max(high, limit),
                        Figures::time);
        List<Chart.Point> limits =
                List.of(new Chart.Point(0, limit), new Chart.Point(fastest * 2, limit));
        return new Chart("Latency by rate", x, y)
                .add(
                        List.of(
                                new Chart.Line("steps", 1, false, steps),
                                new Chart.Line("limit", 2, true, limits)))
                .tell(
                        steps.stream()
                                .map(
                                        point ->
                                                new Chart.Tip(
                                                        point.x(),
                                                        Figures.rate(point.x())
                                                                + '\n'
                                                                + Figures.time(point.y())))
                                .toList());
    }

    private static double latency(Ramp ramp, Ramp.Step step) {
        return (double) Math.max(step.latencies().nanosAt(ramp.percentile()), 1);
    }
}
