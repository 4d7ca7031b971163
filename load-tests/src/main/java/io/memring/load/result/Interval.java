package io.memring.load.result;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * About one second of a run.
 *
 * @param phase the part of the run it belongs to; an interval never spans two
 * @param startNanos since the run began
 * @param lengthNanos how long it was: a second, or less at the end of a phase
 * @param commands per kind of request, in the order of kinds; those without requests are absent
 * @param all the sum of {@code commands}
 * @param generatorCpu the share of a core, from 0 to 1, that the busiest generator thread used
 * @param sendLagNanos how late, at worst, a request of an open loop was sent because the generator
 *     was not ready; waiting for a free connection, which is the server's doing, is not counted
 * @param phaseProgress how much of the phase is done, from 0 to 1, by time or by count
 */
public record Interval(
        Phase phase,
        long startNanos,
        long lengthNanos,
        Map<CommandKind, CommandFigures> commands,
        CommandFigures all,
        Traffic traffic,
        double generatorCpu,
        long sendLagNanos,
        double phaseProgress) {

    public Interval {
        commands = Collections.unmodifiableMap(new TreeMap<>(commands));
    }

    /** Requests per second. */
    public double requestRate() {
        return all.counts().requests() * 1e9 / lengthNanos;
    }

    /** Keys per second. */
    public double keyRate() {
        return all.counts().keys() * 1e9 / lengthNanos;
    }
}
