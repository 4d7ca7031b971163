package io.memring.load.result;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run was asked to do.
 *
 * @param label a name for reports: the scenario's, or what the user called it
 * @param nodes as {@code host:port}; more than one form a Ketama ring
 * @param protocol {@code text}, {@code meta} or {@code binary}
 * @param connections over all threads, to each node
 * @param pipeline requests in flight on a connection, at most
 * @param threads of the generator
 * @param ratePerSecond requests per second over all connections; 0 in the closed loop, in which
 *     each connection sends the next requests when the last ones are answered
 * @param warmUp how long it loads before it measures
 * @param duration how long it measures; zero if {@code requestLimit} bounds it
 * @param requestLimit how many requests it sends; 0 if {@code duration} bounds it
 * @param seed of everything that is random in the run
 * @param settings everything else (keys, popularity, value sizes, mix, TTL, TLS …) in words and in
 *     the order in which it should be shown; names are those of the command line's options
 */
public record RunSetup(
        String label,
        Instant startedAt,
        List<String> nodes,
        String protocol,
        int connections,
        int pipeline,
        int threads,
        double ratePerSecond,
        Duration warmUp,
        Duration duration,
        long requestLimit,
        long seed,
        Map<String, String> settings) {

    public RunSetup {
        nodes = List.copyOf(nodes);
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    /** True if requests are sent at their times, whether or not earlier ones are answered. */
    public boolean isOpenLoop() {
        return ratePerSecond > 0;
    }
}
