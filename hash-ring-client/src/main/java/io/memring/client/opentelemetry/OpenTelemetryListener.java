package io.memring.client.opentelemetry;

import io.memring.client.ClientListener;
import io.memring.client.OperationResult;
import io.memring.client.ring.Node;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Measures operations ({@code db.client.operation.duration}, in seconds) and counts items that were
 * asked for ({@code memcached.client.fetched.items} by {@code memcached.result}).
 *
 * <pre>{@code
 * HashRing client =
 *         HashRing.builder()
 *                 .nodes("cache-a")
 *                 .listener(new OpenTelemetryListener(GlobalOpenTelemetry.get()))
 *                 .build();
 * }</pre>
 */
@SuppressWarnings("exports") // Who uses it has the library.
public final class OpenTelemetryListener implements ClientListener {
    private static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("db.system.name");
    private static final AttributeKey<String> OPERATION =
            AttributeKey.stringKey("db.operation.name");
    private static final AttributeKey<String> ADDRESS = AttributeKey.stringKey("server.address");
    private static final AttributeKey<Long> PORT = AttributeKey.longKey("server.port");
    private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");
    private static final AttributeKey<String> RESULT = AttributeKey.stringKey("memcached.result");

    /** The bounds that the conventions advise, in seconds. */
    private static final List<Double> BOUNDS =
            List.of(0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 10.0);

    private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final DoubleHistogram duration;
    private final LongCounter items;
    private final Map<Series, Attributes> known = new ConcurrentHashMap<>();

    /** What has the same attributes. */
    private record Series(Node node, String operation, OperationResult result) {}

    /** Measures with the meters of an application. */
    public OpenTelemetryListener(OpenTelemetry telemetry) {
        Meter meter = telemetry.getMeter("io.memring.client");
        duration =
                meter.histogramBuilder("db.client.operation.duration")
                        .setDescription("Duration of database client operations.")
                        .setUnit("s")
                        .setExplicitBucketBoundariesAdvice(BOUNDS)
                        .build();
        items =
                meter.counterBuilder("memcached.client.fetched.items")
                        .setDescription("Items that were asked for.")
                        .setUnit("{item}")
                        .build();
    }

    @Override
    public void operationDone(Node node, String operation, long nanos, OperationResult result) {
        duration.record(
                nanos / NANOS_PER_SECOND,
                known.computeIfAbsent(
                        new Series(node, operation, result), OpenTelemetryListener::attributes));
    }

    private static Attributes attributes(Series series) {
        AttributesBuilder attributes = where(series.node).put(OPERATION, series.operation);
        return switch (series.result) {
            case OK, MISS, CONFLICT -> attributes.build();
            case TIMEOUT -> attributes.put(ERROR, "timeout").build();
            case FAILURE -> attributes.put(ERROR, "_OTHER").build();
        };
    }

    private static AttributesBuilder where(Node node) {
        return Attributes.builder()
                .put(SYSTEM, "memcached")
                .put(ADDRESS, node.host())
                .put(PORT, (long) node.port());
    }

    @Override
    public void fetched(Node node, int hits, int misses) {
        count(node, hits, "hit");
        count(node, misses, "miss");
    }

    private void count(Node node, int number, String result) {
        if (number > 0) {
            items.add(number, where(node).put(RESULT, result).build());
        }
    }
}
