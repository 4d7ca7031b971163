package io.memring.load.result;

/**
 * Runs a load once; each call is a new run of the same load. Comparisons are given one runner for
 * each side and call them in turns, so that they need to know nothing about how load is made.
 */
@FunctionalInterface
public interface LoadRunner {

    /**
     * Runs to the end.
     *
     * @throws LoadException if the run could not begin or go on
     */
    LoadResult run(LoadObserver observer) throws LoadException, InterruptedException;
}
