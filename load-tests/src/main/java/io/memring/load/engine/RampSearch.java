package io.memring.load.engine;

/**
 * Finds the highest rate that is good enough: up by a factor until a rate fails, then by halving
 * the distance between the best good and the worst failed one.
 */
final class RampSearch {
    private static final double FACTOR = 1.5;

    /** The distance at which the search ends. */
    private static final double PRECISION = 1.05;

    private final double highest;
    private double rate;
    private double good;
    private double failed;
    private boolean done;

    RampSearch(double lowest, double highest) {
        this.highest = highest;
        rate = lowest;
        failed = Double.POSITIVE_INFINITY;
    }

    boolean isDone() {
        return done;
    }

    /** The rate to try next. */
    double rate() {
        return rate;
    }

    /** Tells how that went. */
    void report(boolean wasGood) {
        if (wasGood) {
            good = rate;
        } else {
            failed = rate;
        }
        // Without a good rate there is no knee: the lowest was too much already.
        done = good == 0 || good >= highest || failed / good <= PRECISION;
        rate =
                Double.isInfinite(failed)
                        ? Math.min(highest, good * FACTOR)
                        : Math.sqrt(good * failed);
    }
}
