package io.memring.load.engine;

import io.memring.client.ring.Node;
import io.memring.client.ring.RingFactory;
import io.memring.load.result.RunSetup;
import io.memring.load.wire.WireName;
import io.memring.load.workload.Workload;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * All that a run has to know. Immutable.
 *
 * @param label for reports
 * @param nodes one, or several that form a ring
 * @param connections to each node
 * @param pipeline requests of a client in flight
 * @param ratePerSecond 0 for the closed loop
 * @param poisson whether requests of an open loop come at random times, rather than even ones
 * @param fill whether every key is stored first
 * @param duration zero for no bound by time
 * @param requestLimit 0 for no bound by count
 * @param requestsPerConnection after which connections are opened anew; 0 for never
 * @param timeout of a request, and of opening a connection
 * @param serverPid the process of the only node, if the user has named it; else 0
 * @param settings in words, for reports
 */
public record LoadPlan(
        String label,
        List<Node> nodes,
        RingFactory ringFactory,
        WireName protocol,
        int connections,
        int pipeline,
        int threads,
        double ratePerSecond,
        boolean poisson,
        boolean fill,
        Duration warmUp,
        Duration duration,
        long requestLimit,
        long requestsPerConnection,
        Duration timeout,
        @Nullable TlsPlan tls,
        @Nullable LoginPlan login,
        @Nullable RampPlan ramp,
        long serverPid,
        long seed,
        Workload workload,
        Map<String, String> settings) {

    /** What fits into memory with room to spare. */
    private static final int MAX_PIPELINE = 1 << 16;

    public LoadPlan {
        nodes = List.copyOf(nodes);
        if (connections < 1) {
            throw new IllegalArgumentException("connections are at least 1: " + connections);
        }
        if (pipeline < 1 || pipeline > MAX_PIPELINE) {
            throw new IllegalArgumentException(
                    "a pipeline is 1 to " + MAX_PIPELINE + " deep: " + pipeline);
        }
        if (threads < 1 || threads > connections) {
            throw new IllegalArgumentException(
                    "threads are 1 to the number of connections: threads="
                            + threads
                            + ", connections="
                            + connections);
        }
        if (!(ratePerSecond >= 0)) {
            throw new IllegalArgumentException("a rate is not negative: " + ratePerSecond);
        }
        if (ramp == null && duration.isZero() && requestLimit == 0 && workload.trace() == null) {
            throw new IllegalArgumentException("a run needs a duration or a number of requests");
        }
    }

    /** How many connections to each node a thread has. */
    int clients(int thread) {
        return connections / threads + (thread < connections % threads ? 1 : 0);
    }

    LoadPlan withLogin(@Nullable LoginPlan newLogin) {
        return new LoadPlan(
                label,
                nodes,
                ringFactory,
                protocol,
                connections,
                pipeline,
                threads,
                ratePerSecond,
                poisson,
                fill,
                warmUp,
                duration,
                requestLimit,
                requestsPerConnection,
                timeout,
                tls,
                newLogin,
                ramp,
                serverPid,
                seed,
                workload,
                settings);
    }

    RunSetup setup(Instant startedAt) {
        return new RunSetup(
                label,
                startedAt,
                nodes.stream().map(Node::address).toList(),
                protocol.label(),
                connections,
                pipeline,
                threads,
                ramp == null ? ratePerSecond : ramp.from(),
                warmUp,
                duration,
                requestLimit,
                seed,
                settings);
    }
}
