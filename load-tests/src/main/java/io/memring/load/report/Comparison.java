package io.memring.load.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Two sides, figure by figure. There are two ways to compare rounds that were run in turns on a
 * machine which is never quiet, and both are given: the quotient of what speaks best for each side,
 * and the quotient within each round, where both sides met much the same noise.
 */
record Comparison(Side first, Side second) {

    /**
     * One figure.
     *
     * @param first what speaks for the first side
     * @param second what speaks for the second
     * @param ratios first to second, within each round
     */
    record Line(Measure measure, double first, double second, List<Double> ratios) {

        Line {
            ratios = List.copyOf(ratios);
        }

        /** First to second, of what speaks for them. */
        double ratio() {
            return first / second;
        }

        /** How the rounds are spread. */
        Quantiles spread() {
            return Quantiles.of(ratios.stream().mapToDouble(Double::doubleValue).toArray());
        }
    }

    /** Rounds that both sides have. */
    int rounds() {
        return Math.min(first.rounds().size(), second.rounds().size());
    }

    /** All figures that are known of both sides. */
    List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        for (Measure measure : Measure.values()) {
            double[] one = values(first, measure);
            double[] other = values(second, measure);
            List<Double> ratios = new ArrayList<>();
            for (int round = 0; round < one.length; round++) {
                ratios.add(one[round] / other[round]);
            }
            if (ratios.stream().allMatch(Double::isFinite)) {
                lines.add(new Line(measure, measure.best(one), measure.best(other), ratios));
            }
        }
        return lines;
    }

    private double[] values(Side side, Measure measure) {
        return side.rounds().stream().limit(rounds()).mapToDouble(measure::of).toArray();
    }
}
