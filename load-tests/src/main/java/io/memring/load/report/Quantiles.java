package io.memring.load.report;

import java.util.Arrays;

/** How a few figures are spread. Quartiles between two figures are interpolated. */
record Quantiles(double low, double quarter, double median, double threeQuarters, double high) {

    /** Of at least one figure; the order does not matter. */
    static Quantiles of(double... figures) {
        double[] sorted = figures.clone();
        Arrays.sort(sorted);
        return new Quantiles(
                at(sorted, 0), at(sorted, 0.25), at(sorted, 0.5), at(sorted, 0.75), at(sorted, 1));
    }

    private static double at(double[] sorted, double share) {
        double position = share * (sorted.length - 1);
        int below = (int) position;
        double above = sorted[Math.min(below + 1, sorted.length - 1)];
        return sorted[below] + (above - sorted[below]) * (position - below);
    }
}
