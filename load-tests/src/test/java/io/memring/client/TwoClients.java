package io.memring.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.memring.client.codec.Codecs;
import io.memring.client.pattern.ReadThrough;
import io.memring.client.pattern.ReadThroughBuilder;
import io.memring.client.ring.Node;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Two clients of one node, empty at first, that know nothing of each other; threads to use them.
 */
final class TwoClients implements AutoCloseable {
    private static final Duration PATIENT = Duration.ofSeconds(20);

    final HashRing one;
    final HashRing two;
    final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    TwoClients(int port) {
        one = client(port);
        two = client(port);
        assertThat(one.admin().flushAll().isComplete()).isTrue();
    }

    private static HashRing client(int port) {
        return HashRing.builder()
                .node(Node.of("127.0.0.1", port))
                .operationTimeout(PATIENT)
                .bulkTimeout(PATIENT)
                .build();
    }

    /** Reads items by number through a client, and loads on threads of this. */
    ReadThroughBuilder<Integer, String> reading(HashRing client) {
        return ReadThrough.over(client, Codecs.string(), (Integer id) -> "item:" + id)
                .executor(threads);
    }

    @Override
    public void close() {
        one.close();
        two.close();
        threads.close();
    }
}
