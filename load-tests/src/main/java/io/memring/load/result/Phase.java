package io.memring.load.result;

/** The parts of a run, in order; those that were not asked for are left out. */
public enum Phase {
    /** Every key is stored once, as fast as it goes. */
    FILL,
    /** Load as in {@link #MEASURE}, which is not counted. */
    WARM_UP,
    /** What the totals are about. In a ramp, all its steps. */
    MEASURE
}
