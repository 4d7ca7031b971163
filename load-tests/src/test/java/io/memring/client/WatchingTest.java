package io.memring.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memring.client.codec.Codecs;
import io.memring.client.error.InvalidRequestException;
import io.memring.client.error.MemcacheException;
import io.memring.client.micrometer.HashRingMetrics;
import io.memring.client.micrometer.MicrometerListener;
import io.memring.client.opentelemetry.OpenTelemetryListener;
import io.memring.client.ring.Node;
import io.memring.server.MemringServer;
import io.memring.server.testsupport.MemringExtension;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;

import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;

/** What listeners, meters, recordings and figures tell of operations. */
@Timeout(60)
@ExtendWith(MemringExtension.class)
final class WatchingTest {
    private static final Ttl MINUTE = Ttl.of(Duration.ofMinutes(1));
    private static final String SECRET = "a-key-nobody-may-see";

    private final Queue<String> heard = new ConcurrentLinkedQueue<>();
    private final int port;
    private HashRing client;

    WatchingTest(MemringServer server) {
        port = server.port();
        client = client(builder -> builder.listener(new Listener()));
    }

    private HashRing client(UnaryOperator<HashRingBuilder> settings) {
        return settings.apply(
                        HashRing.builder()
                                .node(Node.of("127.0.0.1", port))
                                .operationTimeout(Duration.ofSeconds(20))
                                .bulkTimeout(Duration.ofSeconds(20)))
                .build();
    }

    private void replaceClient(UnaryOperator<HashRingBuilder> settings) {
        client.close();
        client = client(settings);
    }

    @BeforeEach
    void forgetItems() {
        assertThat(client.admin().flushAll().isComplete()).isTrue();
        awaitHeard("flush all OK");
        heard.clear();
    }

    @AfterEach
    void close() {
        client.close();
    }

    private final class Listener implements ClientListener {
        @Override
        public void operationDone(Node node, String operation, long nanos, OperationResult result) {
            assertThat(nanos).isPositive();
            heard.add(operation + " " + result);
        }

        @Override
        public void fetched(Node node, int hits, int misses) {
            heard.add("hits " + hits + " misses " + misses);
        }

        @Override
        public void writeFailed(String key, String operation, MemcacheException failure) {
            heard.add(operation + " of " + key + ": " + failure.getClass().getSimpleName());
        }
    }

    private void awaitHeard(String... expected) {
        while (heard.size() < expected.length) {
            Thread.onSpinWait();
        }
        assertThat(heard).containsExactlyInAnyOrder(expected);
    }

    private void useAll() {
        SyncCommands<String> cache = client.sync();
        cache.set(SECRET, "value", MINUTE);
        cache.get(SECRET);
        cache.get("missing");
        cache.getAll(List.of(SECRET, "missing", "also missing".replace(' ', '-')));
    }

    @Test
    void listener_operations_areAllHeardOf() {
        useAll();
        client.admin().versions();

        awaitHeard(
                "set OK",
                "get OK",
                "hits 1 misses 0",
                "get MISS",
                "hits 0 misses 1",
                "get all OK",
                "hits 1 misses 2",
                "version OK");
    }

    @Test
    void listener_writeThatIsRefusedHere_isHeardOf() {
        client.quiet(Codecs.string()).set("a b", "value", MINUTE);
        assertThatThrownBy(() -> client.sync().get("a b"))
                .isInstanceOf(InvalidRequestException.class);

        awaitHeard("set of a b: InvalidRequestException");
    }

    @Test
    void figures_operations_areCounted() {
        useAll();
        assertThatThrownBy(() -> client.sync().increment(SECRET, 1))
                .hasMessageContaining("non-numeric");
        NodeFigures figures = client.nodes().get(0);

        assertThat(figures.state()).isEqualTo(NodeState.READY);
        assertThat(figures.inFlight()).isZero();
        assertThat(figures.replies()).isEqualTo(7);
        assertThat(figures.hits()).isEqualTo(2);
        assertThat(figures.misses()).isEqualTo(3);
        assertThat(figures.stores()).isEqualTo(1);
        assertThat(figures.failures()).isEqualTo(1);
        assertThat(figures.timeouts()).isZero();
        assertThat(figures.latency().median()).isPositive();
        assertThat(figures.latency().max()).isGreaterThanOrEqualTo(figures.latency().median());
    }

    @Test
    void micrometer_operations_areTimed() {
        MeterRegistry registry = new SimpleMeterRegistry();
        replaceClient(builder -> builder.listener(new MicrometerListener(registry)));
        useAll();
        new HashRingMetrics(client, "test", Tags.empty()).bindTo(registry);

        Timer sets =
                registry.get("memcached.client.operation")
                        .tags("node", "127.0.0.1:" + port, "op", "set", "outcome", "ok")
                        .timer();
        assertThat(sets.count()).isEqualTo(1);
        assertThat(registry.get("memcached.client.node.up").gauge().value()).isEqualTo(1);
        assertThat(registry.get("cache.gets").tag("result", "miss").functionCounter().count())
                .isEqualTo(3);
        assertThat(registry.getMeters().toString()).doesNotContain(SECRET);
        client.close();
        assertThat(registry.get("memcached.client.in.flight").gauge().value()).isZero();
    }

    @Test
    void openTelemetry_operations_areMeasured() {
        InMemoryMetricReader reader = InMemoryMetricReader.create();
        try (SdkMeterProvider meters =
                        SdkMeterProvider.builder().registerMetricReader(reader).build();
                OpenTelemetrySdk sdk =
                        OpenTelemetrySdk.builder().setMeterProvider(meters).build()) {
            replaceClient(builder -> builder.listener(new OpenTelemetryListener(sdk)));
            useAll();
            HistogramPointData set =
                    metric(reader, "db.client.operation.duration")
                            .getHistogramData()
                            .getPoints()
                            .stream()
                            .filter(point -> point.getAttributes().toString().contains("\"set\""))
                            .findAny()
                            .orElseThrow();

            assertThat(set.getCount()).isEqualTo(1);
            assertThat(set.getAttributes().asMap())
                    .containsEntry(AttributeKey.stringKey("db.system.name"), "memcached")
                    .containsEntry(AttributeKey.stringKey("server.address"), "127.0.0.1")
                    .containsEntry(AttributeKey.longKey("server.port"), (long) port);
            assertThat(metric(reader, "memcached.client.fetched.items").toString())
                    .contains("hit", "miss")
                    .doesNotContain(SECRET);
        }
    }

    private static MetricData metric(InMemoryMetricReader reader, String name) {
        return reader.collectAllMetrics().stream()
                .filter(metric -> metric.getName().equals(name))
                .findAny()
                .orElseThrow();
    }

    @Test
    void flightRecorder_operations_areRecordedIfWanted(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("client.jfr");
        assertThat(OperationEvent.isWanted()).isFalse();
        try (Recording recording = new Recording()) {
            recording.enable("io.memring.client.Operation").withoutThreshold();
            recording.enable("io.memring.client.NodeState");
            recording.start();
            replaceClient(builder -> builder);
            useAll();
            recording.stop();
            recording.dump(file);
        }
        List<RecordedEvent> events = RecordingFile.readAllEvents(file);

        assertThat(events)
                .filteredOn(event -> event.getEventType().getName().endsWith("Operation"))
                .extracting(event -> event.getString("operation") + event.getString("result"))
                .contains("setOK", "getOK", "getMISS");
        assertThat(events)
                .filteredOn(event -> event.getEventType().getName().endsWith("NodeState"))
                .extracting(event -> event.getString("to"))
                .contains("READY");
        assertThat(events.toString()).doesNotContain(SECRET);
    }
}
