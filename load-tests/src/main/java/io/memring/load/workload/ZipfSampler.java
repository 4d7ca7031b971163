package io.memring.load.workload;

import java.util.SplittableRandom;

/**
 * Draws ranks from 1 to n in proportion to {@code 1 / rank^theta}, for any n and any theta above 0.
 * Immutable.
 */
final class ZipfSampler {

    /*
     * Rejection-inversion (W. Hörmann, G. Derflinger: "Rejection-inversion to generate variates
     * from monotone discrete distributions", 1996). A point x is drawn from the continuous density
     * h(x) = x^-theta by inverting its integral H, and rounded to the rank k; the part of the area
     * around k that the discrete distribution does not have is rejected. Needs no tables, and
     * accepts nearly always.
     *
     * H(x) = (x^(1-theta) - 1) / (1 - theta), which is log x where theta is 1. Both it and its
     * inverse are written with expm1 and log1p, so that they are exact near 1, too.
     */

    /** Below this, a series says more than the quotient of two tiny numbers. */
    private static final double TINY = 1e-8;

    private final double theta;
    private final long ranks;
    private final double integralFirst;
    private final double integralLast;

    /** Distances from x up to this are accepted without a look at H. */
    private final double squeeze;

    ZipfSampler(long ranks, double theta) {
        this.theta = theta;
        this.ranks = ranks;
        integralFirst = integral(1.5) - 1;
        integralLast = integral(ranks + 0.5);
        squeeze = 2 - inverseIntegral(integral(2.5) - density(2));
    }

    long next(SplittableRandom random) {
        while (true) {
            double u = integralLast + random.nextDouble() * (integralFirst - integralLast);
            double x = inverseIntegral(u);
            long rank = Math.clamp((long) (x + 0.5), 1, ranks);
            if (rank - x <= squeeze || u >= integral(rank + 0.5) - density((double) rank)) {
                return rank;
            }
        }
    }

    private double density(double x) {
        return Math.exp(-theta * Math.log(x));
    }

    private double integral(double x) {
        double log = Math.log(x);
        double exponent = (1 - theta) * log;
        return Math.abs(exponent) < TINY
                ? log * (1 + exponent / 2)
                : log * Math.expm1(exponent) / exponent;
    }

    private double inverseIntegral(double y) {
        double argument = Math.max(-1, (1 - theta) * y); // Rounding may take it beyond.
        return Math.exp(
                Math.abs(argument) < TINY
                        ? y * (1 - argument / 2)
                        : y * Math.log1p(argument) / argument);
    }
}
