package io.memring.load.result;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The measured phase as a whole.
 *
 * @param lengthNanos how long it took
 * @param commands per kind of request, in the order of kinds; those without requests are absent
 * @param all the sum of {@code commands}
 * @param serviceTimes in the open loop, latencies from when requests were really sent, which are
 *     what other tools show; in the closed loop the same as {@code all.latencies()}
 * @param errors what went wrong, most frequent first; distinct texts beyond a bound are one entry
 * @param wrongValues descriptions of the first values that were not what had been stored
 */
public record Totals(
        long lengthNanos,
        Map<CommandKind, CommandFigures> commands,
        CommandFigures all,
        Latencies serviceTimes,
        Traffic traffic,
        List<ErrorCount> errors,
        List<String> wrongValues) {

    public Totals {
        commands = Collections.unmodifiableMap(new TreeMap<>(commands));
        errors = List.copyOf(errors);
        wrongValues = List.copyOf(wrongValues);
    }

    /** Requests per second. */
    public double requestRate() {
        return all.counts().requests() * 1e9 / lengthNanos;
    }

    /** Keys per second. */
    public double keyRate() {
        return all.counts().keys() * 1e9 / lengthNanos;
    }

    /**
     * An error, as the server or the system said it.
     *
     * @param count how often it was met
     */
    public record ErrorCount(String message, long count) {}
}
