package io.memring.client;

import static io.memring.client.ScriptedNode.opaque;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memring.client.discovery.Discovery;
import io.memring.client.error.ClientClosedException;
import io.memring.client.error.NodeUnavailableException;
import io.memring.client.ring.Node;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/** A client whose nodes come and go. */
@Timeout(60)
final class NodeWatchTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration OFTEN = Duration.ofMillis(5);
    private static final Node A = Node.of("127.0.0.1", 1);
    private static final Node B = Node.of("127.0.0.1", 2);

    @TempDir Path folder;

    /** Queues what the client tells. */
    private static final class Ear implements ClientListener {
        final BlockingQueue<RingChange> changes = new LinkedBlockingQueue<>();
        final BlockingQueue<Exception> failures = new LinkedBlockingQueue<>();
        final BlockingQueue<Node> closed = new LinkedBlockingQueue<>();

        @Override
        public void ringChanged(RingChange change) {
            changes.add(change);
        }

        @Override
        public void discoveryFailed(Exception failure) {
            failures.add(failure);
        }

        @Override
        public void nodeState(Node node, NodeState from, NodeState to, @Nullable Throwable cause) {
            if (to == NodeState.CLOSED) {
                closed.add(node);
            }
        }
    }

    private static HashRing client(Discovery discovery, Ear ear) {
        return HashRing.builder()
                .discovery(discovery.every(OFTEN))
                .listener(ear)
                .operationTimeout(LONG)
                .connectTimeout(LONG)
                .build();
    }

    @Test
    void file_thatChanges_changesTheRing() throws Exception {
        Path file = Files.writeString(folder.resolve("nodes"), A + "\n");
        Ear ear = new Ear();
        try (HashRing client = client(Discovery.ofFile(file), ear)) {
            assertThat(client.ring().nodes()).containsExactly(A);
            Files.writeString(folder.resolve("next"), A + "\n" + B + "\n");
            Files.move(
                    folder.resolve("next"),
                    file,
                    java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            RingChange change = ear.changes.take();

            assertThat(change.before().nodes()).containsExactly(A);
            assertThat(change.after().nodes()).containsExactly(A, B);
            assertThat(change.movedFraction()).isBetween(0.3, 0.7);
            assertThat(client.ring().nodes()).containsExactly(A, B);
        }
    }

    @Test
    void file_thatGoes_leavesTheNodesAndIsTold() throws Exception {
        Path file = Files.writeString(folder.resolve("nodes"), A + "\n");
        Ear ear = new Ear();
        try (HashRing client = client(Discovery.ofFile(file), ear)) {
            Files.delete(file);
            assertThat(ear.failures.take()).hasMessageContaining("nodes");
            assertThat(client.ring().nodes()).containsExactly(A);
            Files.writeString(file, "# none\n");
            Exception failure = ear.failures.take();
            while (!String.valueOf(failure.getMessage()).contains("no nodes")) {
                failure = ear.failures.take();
            }
            assertThat(client.ring().nodes()).containsExactly(A);
            Files.writeString(file, B + "\n" + B + "\n");
            while (!String.valueOf(failure.getMessage()).contains("named twice")) {
                failure = ear.failures.take();
            }
            assertThat(client.ring().nodes()).containsExactly(A);
        }
    }

    @Test
    void noNodesYet_operationsFailUntilThereAre() throws IOException {
        Path file = folder.resolve("nodes");
        try (ScriptedNode node = new ScriptedNode((n, line) -> proper(line));
                HashRing client = client(Discovery.ofFile(file), new Ear())) {
            assertThatThrownBy(() -> client.sync().get("key"))
                    .isInstanceOf(NodeUnavailableException.class)
                    .hasMessageContaining("no nodes are known");
            Files.writeString(file, node.address() + "\n");

            assertThat(client.awaitReady(LONG)).isTrue();
            assertThat(client.sync().get("key")).isEmpty();
        }
    }

    @Test
    void firstNodes_ofTheBuilder_areUsedWhileNoneAreFound() {
        Ear ear = new Ear();
        try (HashRing client =
                HashRing.builder()
                        .node(A)
                        .listener(ear)
                        .discovery(Discovery.ofFile(folder.resolve("none")))
                        .build()) {
            assertThat(client.ring().nodes()).containsExactly(A);
            assertThat(ear.failures).hasSize(1);
        }
    }

    private static String proper(String line) {
        return line.equals("mn") ? "MN\r\n" : "EN" + opaque(line) + "\r\n";
    }

    @Test
    void elastiCache_endpoint_isPolled() throws Exception {
        AtomicReference<String> list = new AtomicReference<>("7\n127.0.0.1||1\n");
        ScriptedNode.Script script =
                (n, line) ->
                        switch (line) {
                            case "version" -> "VERSION 1.6.12\r\n";
                            case "config get cluster" -> config(list.get());
                            default -> "ERROR\r\n";
                        };
        Ear ear = new Ear();
        try (ScriptedNode endpoint = new ScriptedNode(script);
                HashRing client =
                        client(Discovery.ofElastiCache("127.0.0.1", endpoint.port()), ear)) {
            assertThat(client.ring().nodes()).containsExactly(A);
            list.set("6\n127.0.0.1||2\n");
            endpoint.awaitConnections(3);
            assertThat(client.ring().nodes()).containsExactly(A);
            list.set("8\n127.0.0.1||2 127.0.0.1||1\n");
            assertThat(ear.changes.take().after().nodes()).containsExactly(B, A);
        }
    }

    private static String config(String list) {
        return "CONFIG cluster 0 " + list.length() + "\r\n" + list + "\r\nEND\r\n";
    }

    // ---- Leaving ----

    @Test
    void node_thatLeaves_answersWhatIsUnderWayAndIsClosed() throws Exception {
        CountDownLatch left = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        ScriptedNode.Script slow =
                (n, line) -> {
                    if (line.startsWith("mg")) {
                        asked.countDown();
                        left.await();
                    }
                    return proper(line);
                };
        Ear ear = new Ear();
        try (ScriptedNode leaving = new ScriptedNode(slow);
                ScriptedNode staying = new ScriptedNode((n, line) -> proper(line));
                HashRing client =
                        HashRing.builder()
                                .nodes(leaving.address())
                                .operationTimeout(LONG)
                                .listener(ear)
                                .build()) {
            CompletableFuture<Optional<String>> underWay = client.async().get("key");
            asked.await();
            client.useNodes(List.of(Node.parse(staying.address())));

            assertThat(client.sync().get("key")).isEmpty();
            assertThat(underWay).isNotDone();
            assertThat(ear.closed).isEmpty();
            left.countDown();
            assertThat(underWay.join()).isEmpty();
            assertThat(ear.closed.take()).isEqualTo(Node.parse(leaving.address()));
        }
    }

    @Test
    void nodes_thatComeAndGo_failNoOperation() {
        try (ScriptedNode first = new ScriptedNode((n, line) -> proper(line));
                ScriptedNode second = new ScriptedNode((n, line) -> proper(line));
                HashRing client =
                        HashRing.builder()
                                .nodes(first.address(), second.address())
                                .operationTimeout(LONG)
                                .build()) {
            List<Node> both = client.ring().nodes();
            AtomicBoolean over = new AtomicBoolean();
            List<CompletableFuture<Integer>> users = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                users.add(CompletableFuture.supplyAsync(() -> asks(client, over)));
            }
            for (int i = 0; i < 30; i++) {
                client.useNodes(i % 2 == 0 ? both.subList(i / 2 % 2, i / 2 % 2 + 1) : both);
            }
            over.set(true);
            assertThat(users).allMatch(user -> user.join() > 0);
        }
    }

    @Test
    void useNodes_ofAClosedClient_isRefused() {
        HashRing client = HashRing.builder().node(A).build();
        client.close();
        assertThatThrownBy(() -> client.useNodes(List.of(B)))
                .isInstanceOf(ClientClosedException.class);
    }

    private static int asks(HashRing client, AtomicBoolean over) {
        int asked = 0;
        do {
            assertThat(client.sync().get("key" + asked++)).isEmpty();
        } while (!over.get());
        return asked;
    }
}
