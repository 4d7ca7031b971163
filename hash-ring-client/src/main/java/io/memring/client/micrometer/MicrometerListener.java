package io.memring.client.micrometer;

import io.memring.client.ClientListener;
import io.memring.client.NodeState;
import io.memring.client.OperationResult;
import io.memring.client.ring.Node;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;

import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Times operations and shows which nodes are up.
 *
 * <pre>{@code
 * HashRing client =
 *         HashRing.builder().nodes("cache-a").listener(new MicrometerListener(registry)).build();
 * }</pre>
 *
 * <table>
 * <caption>Meters</caption>
 * <tr><td>{@code memcached.client.operation}
 *     <td>timer by {@code node}, {@code op} and {@code outcome}, which is ok, miss, conflict,
 *     timeout or failure
 * <tr><td>{@code memcached.client.node.up}
 *     <td>gauge by {@code node}: 1 while there is a connection
 * </table>
 */
@SuppressWarnings("exports") // Who uses it has the library.
public final class MicrometerListener implements ClientListener {
    private final MeterRegistry registry;
    private final Tags tags;
    private final Map<Series, Timer> timers = new ConcurrentHashMap<>();

    /** How many connections each node has that work. */
    private final Map<String, AtomicInteger> connections = new ConcurrentHashMap<>();

    /** What is timed together. */
    private record Series(String node, String operation, OperationResult result) {}

    /** Keeps meters in a registry. */
    public MicrometerListener(MeterRegistry registry) {
        this(registry, Tags.empty());
    }

    /** The same with tags on all meters, as an application with several clients needs. */
    public MicrometerListener(MeterRegistry registry, Iterable<Tag> tags) {
        this.registry = registry;
        this.tags = Tags.of(tags);
    }

    @Override
    public void operationDone(Node node, String operation, long nanos, OperationResult result) {
        timers.computeIfAbsent(new Series(node.id(), operation, result), this::timer)
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer timer(Series series) {
        return Timer.builder("memcached.client.operation")
                .description("Operations of the client, from call to result")
                .tags(tags)
                .tag("node", series.node)
                .tag("op", series.operation)
                .tag("outcome", series.result.name().toLowerCase(Locale.ROOT))
                .register(registry);
    }

    @Override
    public void nodeState(Node node, NodeState from, NodeState to, @Nullable Throwable cause) {
        AtomicInteger working = connections.computeIfAbsent(node.id(), this::gauge);
        if (to == NodeState.READY) {
            working.incrementAndGet();
        } else if (from == NodeState.READY) {
            working.decrementAndGet();
        }
    }

    private AtomicInteger gauge(String node) {
        AtomicInteger working = new AtomicInteger();
        Gauge.builder("memcached.client.node.up", () -> working.get() > 0 ? 1 : 0)
                .description("Whether there is a connection to the node")
                .tags(tags)
                .tag("node", node)
                .register(registry);
        return working;
    }
}
