package io.memring.load.workload;

import java.util.SplittableRandom;

/** Draws indices in proportion to weights. Immutable. */
final class WeightedTable {
    private final double[] cumulative;

    WeightedTable(double[] weights) {
        cumulative = new double[weights.length];
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            if (!(weights[i] >= 0)) {
                throw new IllegalArgumentException("a weight is not negative: " + weights[i]);
            }
            sum += weights[i];
            cumulative[i] = sum;
        }
        if (!(sum > 0) || Double.isInfinite(sum)) {
            throw new IllegalArgumentException("weights have a sum above zero: sum=" + sum);
        }
    }

    int next(SplittableRandom random) {
        int last = cumulative.length - 1;
        if (last == 0) {
            return 0;
        }
        double point = random.nextDouble() * cumulative[last];
        int from = 0;
        int to = last;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (point < cumulative[middle]) {
                to = middle;
            } else {
                from = middle + 1;
            }
        }
        return from;
    }
}
