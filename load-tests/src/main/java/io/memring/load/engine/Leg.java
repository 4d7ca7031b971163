package io.memring.load.engine;

import io.memring.load.result.Phase;

/**
 * A part of a run in which nothing changes: a phase, or one step of a ramp.
 *
 * @param number of the leg in the run, from which its random numbers come
 * @param durationNanos 0 if it is not bounded by time
 * @param requestLimit over all threads; 0 if it is not bounded by a count
 * @param ratePerSecond over all threads; 0 in a closed loop
 */
record Leg(Phase phase, int number, long durationNanos, long requestLimit, double ratePerSecond) {

    boolean isOpenLoop() {
        return ratePerSecond > 0;
    }

    /** The share of a thread in the count; without a bound more than can be sent. */
    long budget(int thread, int threads) {
        return requestLimit == 0
                ? Long.MAX_VALUE
                : requestLimit / threads + (thread < requestLimit % threads ? 1 : 0);
    }
}
