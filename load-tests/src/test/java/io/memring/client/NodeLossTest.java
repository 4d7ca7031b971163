package io.memring.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.memring.client.error.MemcacheException;
import io.memring.client.ring.Node;
import io.memring.server.MemringServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Four nodes, one of which is lost and comes back while all of them are in use. */
@Timeout(120)
@ExtendWith(LeakCheck.class)
final class NodeLossTest {
    private static final Ttl MINUTES = Ttl.of(Duration.ofMinutes(5));
    private static final int READERS = 4;
    private static final int LOST = 2;

    private final List<MemringServer> nodes = new ArrayList<>();
    private final Set<String> troubled = ConcurrentHashMap.newKeySet();
    private final AtomicInteger rounds = new AtomicInteger();

    @AfterEach
    void stopNodes() {
        nodes.forEach(MemringServer::close);
    }

    private static MemringServer start(int port) {
        return MemringServer.builder()
                .listen("127.0.0.1")
                .port(port)
                .workers(1)
                .memoryLimitMegabytes(16)
                .start();
    }

    private HashRing client(Protocol protocol) {
        HashRingBuilder builder =
                HashRing.builder()
                        .protocol(protocol)
                        .operationTimeout(Duration.ofSeconds(20))
                        .bulkTimeout(Duration.ofSeconds(20));
        nodes.forEach(node -> builder.node(Node.of("127.0.0.1", node.port())));
        return builder.build();
    }

    @ParameterizedTest
    @EnumSource
    void oneNode_lostUnderLoad_troublesItsKeysAlone(Protocol protocol) {
        for (int i = 0; i < 4; i++) {
            nodes.add(start(0));
        }
        AtomicBoolean over = new AtomicBoolean();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                HashRing client = client(protocol)) {
            Workload.keys().forEach(key -> store(client, key));
            Set<String> itsKeys = keysOf(client, nodes.get(LOST).port());
            List<CompletableFuture<Void>> readers = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                readers.add(CompletableFuture.runAsync(() -> read(client, over), threads));
            }
            awaitRounds(10);
            assertThat(troubled).isEmpty();
            int port = nodes.get(LOST).port();
            nodes.get(LOST).close();
            awaitTrouble(itsKeys);
            checkBulk(client, itsKeys);
            nodes.set(LOST, start(port));
            assertThat(client.awaitReady(Duration.ofSeconds(20))).isTrue();
            itsKeys.forEach(key -> storeAgain(client, key));
            awaitRounds(10);
            over.set(true);
            readers.forEach(CompletableFuture::join);

            assertThat(troubled).isEqualTo(itsKeys);
            assertThat(client.sync().getAll(Workload.keys()).hits()).hasSameSizeAs(Workload.keys());
            assertThat(client.inFlight().values()).containsOnly(0);
        }
    }

    private static void store(HashRing client, String key) {
        assertThat(client.sync().set(key, Workload.valueOf(key, 7), MINUTES))
                .isEqualTo(StoreResult.STORED);
    }

    private static void storeAgain(HashRing client, String key) {
        while (!Workload.ended(client.async().set(key, Workload.valueOf(key, 8), MINUTES))) {
            Thread.onSpinWait();
        }
    }

    private static Set<String> keysOf(HashRing client, int port) {
        Set<String> keys = new HashSet<>(Workload.keys());
        keys.removeIf(key -> client.nodeFor(key).port() != port);
        return keys;
    }

    /** Reads all keys again and again, and remembers which fail or miss. */
    private void read(HashRing client, AtomicBoolean over) {
        while (!over.get()) {
            for (String key : Workload.keys()) {
                CompletableFuture<Optional<String>> get = client.async().get(key);
                if (Workload.ended(get) && get.join().isPresent()) {
                    Workload.check(key, get.join().get());
                } else {
                    troubled.add(key);
                }
            }
            rounds.incrementAndGet();
        }
    }

    private void awaitRounds(int more) {
        int until = rounds.get() + more;
        while (rounds.get() < until) {
            Thread.onSpinWait();
        }
    }

    private void awaitTrouble(Set<String> keys) {
        while (!troubled.containsAll(keys)) {
            Thread.onSpinWait();
        }
    }

    private static void checkBulk(HashRing client, Set<String> lostKeys) {
        BulkResult<String> found = client.sync().getAll(Workload.keys());

        found.hits().forEach(Workload::check);
        assertThat(found.failures().keySet()).isEqualTo(lostKeys);
        assertThat(found.failures().values())
                .extracting(MemcacheException::node)
                .containsOnly(client.nodeFor(lostKeys.iterator().next()).id());
        assertThat(found.misses()).isEmpty();
    }
}
