package io.memring.load.engine;

import io.memring.client.ring.Node;
import io.memring.client.ring.RingFormat;
import io.memring.load.wire.WireName;
import io.memring.load.workload.CommandMix;
import io.memring.load.workload.Popularity;
import io.memring.load.workload.Trace;
import io.memring.load.workload.Ttls;
import io.memring.load.workload.ValueSizes;
import io.memring.load.workload.Workload;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A small plan, to be changed before it is used. */
final class TestPlan {
    final List<Node> nodes;
    WireName protocol = WireName.TEXT;
    int connections = 4;
    int pipeline = 4;
    int threads = 2;
    double rate;
    boolean fill = true;
    long requests = 2_000;
    long requestsPerConnection;
    String mix = "get=90,set=10";
    String sizes = "0-200";
    String popularity = "zipf:0.9";
    boolean setOnMiss;
    Duration timeout = Duration.ofSeconds(20);
    @Nullable TlsPlan tls;
    @Nullable LoginPlan login;
    @Nullable RampPlan ramp;
    @Nullable Trace trace;

    TestPlan(InetSocketAddress... addresses) {
        nodes =
                Arrays.stream(addresses)
                        .map(a -> Node.of(a.getAddress().getHostAddress(), a.getPort()))
                        .toList();
    }

    LoadEngine engine() {
        Workload workload =
                new Workload(
                        300,
                        "key:",
                        20,
                        Popularity.parse(popularity),
                        ValueSizes.parse(sizes),
                        Ttls.parse("1h-2h"),
                        CommandMix.parse(mix),
                        7,
                        setOnMiss,
                        true,
                        trace);
        return new LoadEngine(
                new LoadPlan(
                        "test",
                        nodes,
                        RingFormat.KETAMA,
                        protocol,
                        connections,
                        pipeline,
                        threads,
                        rate,
                        true,
                        fill,
                        Duration.ZERO,
                        Duration.ZERO,
                        requests,
                        requestsPerConnection,
                        timeout,
                        tls,
                        login,
                        ramp,
                        0,
                        20251121,
                        workload,
                        Map.of()));
    }
}
