package io.memring.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.memring.client.ring.Node;
import io.memring.server.MemringServer;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The same operations over every kind of input and output that this machine has. */
@Timeout(60)
final class ClientTransportTest {
    private static final Duration PATIENT = Duration.ofSeconds(20);
    private static final Ttl MINUTE = Ttl.of(Duration.ofMinutes(1));

    @ParameterizedTest
    @EnumSource
    void operations_anyTransport_work(Transport transport) {
        if (!transport.isAvailable()) {
            assertThat(transport).isNotIn(Transport.AUTO, Transport.NIO);
            return;
        }
        try (MemringServer node = MemringServer.builder().port(0).memoryLimitMegabytes(16).start();
                HashRing client =
                        HashRing.builder()
                                .node(Node.of("127.0.0.1", node.port()))
                                .transport(transport)
                                .connectionsPerNode(3)
                                .ioThreads(2)
                                .operationTimeout(PATIENT)
                                .build()) {
            List<CompletableFuture<StoreResult>> sets = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                sets.add(client.async().set("key" + i, "v".repeat(i), MINUTE));
            }
            sets.forEach(CompletableFuture::join);
            for (int i = 0; i < 1000; i += 99) {
                assertThat(client.sync().get("key" + i)).contains("v".repeat(i));
            }
        }
    }
}
