package io.memring.load.result;

/**
 * What the measured phase cost the generator.
 *
 * @param cpuNanos CPU time of all its load threads
 * @param busiestThread the share of a core, from 0 to 1, that its busiest thread used
 * @param mostStarvedThread the share of its time, from 0 to 1, that one of its threads was at most
 *     ready to run without a processor; 0 where the system does not tell
 * @param sendLagNanos in the open loop, how late the 99th percentile of requests was sent because
 *     the generator was not ready
 * @param wasLimit true if the figures are the generator's rather than the server's; a {@link Note}
 *     says why
 */
public record GeneratorFigures(
        long cpuNanos,
        double busiestThread,
        double mostStarvedThread,
        long sendLagNanos,
        boolean wasLimit) {}
