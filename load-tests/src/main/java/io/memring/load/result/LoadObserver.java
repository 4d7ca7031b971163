package io.memring.load.result;

/**
 * Follows a run. Called by one thread, which sends no requests, in the order of the methods here;
 * what an observer throws ends the run.
 */
public interface LoadObserver {

    /** Follows nothing. */
    LoadObserver NONE = new LoadObserver() {};

    /** The run begins: its connections are open. */
    default void onStart(RunSetup setup) {}

    /** A phase begins. */
    default void onPhase(Phase phase) {}

    /** An interval is over; about once a second. */
    default void onInterval(Interval interval) {}

    /** The run is over. Not called if it failed. */
    default void onFinish(LoadResult result) {}
}
