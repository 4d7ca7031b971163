package io.memring.client;

import static io.memring.client.ScriptedNode.HANG_UP;
import static io.memring.client.ScriptedNode.opaque;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.memring.client.error.AuthenticationException;
import io.memring.client.error.CircuitOpenException;
import io.memring.client.error.ConnectionLostException;
import io.memring.client.error.InvalidRequestException;
import io.memring.client.error.ItemTooLargeException;
import io.memring.client.error.MemcacheException;
import io.memring.client.error.NodeUnavailableException;
import io.memring.client.error.OperationTimeoutException;
import io.memring.client.error.OperationTimeoutException.Phase;
import io.memring.client.error.Outcome;
import io.memring.client.error.OverloadedException;
import io.memring.client.error.ProtocolException;
import io.memring.client.error.ServerRefusedException;
import io.memring.client.ring.Node;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/** What users see of nodes that answer late, wrongly or not at all. */
@Timeout(60)
final class FailureTest {
    private static final Duration SHORT = Duration.ofMillis(100);
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Ttl MINUTE = Ttl.of(Duration.ofMinutes(1));

    private static String hit(String line, String value) {
        return "VA " + value.length() + opaque(line) + " f0\r\n" + value + "\r\n";
    }

    /** Answers a line with several keys. */
    private static String listHit(String line, String value) {
        StringBuilder values = new StringBuilder();
        for (String key : line.substring("get ".length()).split(" ", -1)) {
            values.append("VALUE ").append(key).append(" 0 ").append(value.length());
            values.append("\r\n").append(value).append("\r\n");
        }
        return values + "END\r\n";
    }

    /** Answers as a node without items should. */
    private static String proper(String line) {
        return switch (line.substring(0, 2)) {
            case "mn" -> "MN\r\n";
            case "ge" -> "END\r\n";
            default -> "EN" + opaque(line) + "\r\n";
        };
    }

    /** Answers as a node that has every item should. */
    private static String full(String line) {
        return switch (line.substring(0, 2)) {
            case "mn" -> "MN\r\n";
            case "ge" -> listHit(line, "value");
            default -> hit(line, "value");
        };
    }

    private static HashRingBuilder client(ScriptedNode... nodes) {
        HashRingBuilder builder = HashRing.builder().operationTimeout(LONG).bulkTimeout(LONG);
        for (ScriptedNode node : nodes) {
            builder.nodes(node.address());
        }
        return builder;
    }

    @Test
    void get_noReply_timesOutAndSaysHowFarItCame() {
        try (ScriptedNode node =
                        new ScriptedNode((n, line) -> line.equals("mn") ? "MN\r\n" : null);
                HashRing client = client(node).operationTimeout(SHORT).build()) {
            OperationTimeoutException timeout =
                    catchThrowableOfType(
                            OperationTimeoutException.class, () -> client.sync().get("key"));

            assertThat(timeout.phase()).isEqualTo(Phase.AWAITING_REPLY);
            assertThat(timeout.outcome()).isEqualTo(Outcome.MAYBE_APPLIED);
            assertThat(timeout.retryable()).isTrue();
            assertThat(timeout.node()).isEqualTo(node.address());
            assertThat(timeout.getMessage()).contains("get on " + node.address(), "100 ms");
            assertThat(timeout.getSuppressed()[0].getStackTrace())
                    .anyMatch(frame -> frame.getClassName().equals(FailureTest.class.getName()));
            assertThatThrownBy(() -> client.sync().increment("key", 1))
                    .matches(e -> !((MemcacheException) e).retryable());
        }
    }

    @Test
    void get_replyAfterTheTimeout_isNotGivenToAnotherRequest() {
        AtomicReference<@Nullable String> kept = new AtomicReference<>();
        ScriptedNode.Script script =
                (n, line) -> {
                    if (line.startsWith("mg first")) {
                        kept.set(hit(line, "first"));
                        return null;
                    }
                    return line.equals("mn") ? "MN\r\n" : kept.getAndSet("") + hit(line, "second");
                };
        try (ScriptedNode node = new ScriptedNode(script);
                HashRing client = client(node).build()) {
            assertThatThrownBy(() -> client.sync().within(SHORT).get("first"))
                    .isInstanceOf(OperationTimeoutException.class);
            assertThat(client.sync().get("second")).contains("second");
            assertThat(client.inFlight()).containsValue(0);
        }
    }

    @Test
    void get_cancelled_leavesTheOrderOfRepliesAlone() {
        CountDownLatch cancelled = new CountDownLatch(1);
        ScriptedNode.Script script =
                (n, line) -> {
                    if (line.startsWith("mg first")) {
                        cancelled.await();
                    }
                    return line.equals("mn") ? "MN\r\n" : hit(line, line.split(" ", -1)[1]);
                };
        try (ScriptedNode node = new ScriptedNode(script);
                HashRing client = client(node).build()) {
            CompletableFuture<Optional<String>> first = client.async().get("first");
            CompletableFuture<Optional<String>> second = client.async().get("second");
            first.cancel(true);
            cancelled.countDown();

            assertThat(second.join()).contains("second");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense\r\n",
                "VA 99 O1\r\nshort\r\n",
                "HD O77777\r\n",
                "VA 5 O424242 f0\r\nwrong\r\n",
                "VA 5\r\nwrong\r\n"
            })
    void get_garbage_failsAndTheNextConnectionWorks(String garbage) {
        ScriptedNode.Script script =
                (connection, line) ->
                        connection == 1 && !line.equals("mn") ? garbage : proper(line);
        try (ScriptedNode node = new ScriptedNode(script);
                HashRing client =
                        client(node)
                                .retryAfterLoss(false)
                                .hangTimeout(SHORT)
                                .operationTimeout(Duration.ofSeconds(10))
                                .build()) {
            assertThatThrownBy(() -> client.sync().get("key"))
                    .isInstanceOfAny(ProtocolException.class, ConnectionLostException.class)
                    .matches(e -> ((MemcacheException) e).outcome() == Outcome.MAYBE_APPLIED);
            assertThat(client.sync().get("key")).isEmpty();
            assertThat(node.accepted()).isEqualTo(2);
            assertThat(client.inFlight()).containsValue(0);
        }
    }

    @Test
    void get_unaskedReply_isGivenToNobody() {
        try (ScriptedNode node = new ScriptedNode((n, line) -> proper(line));
                HashRing client = client(node).build()) {
            assertThat(client.sync().get("key")).isEmpty();
            node.say("VA 5 f0\r\nwrong\r\n");

            for (int i = 0; i < 100; i++) {
                assertThat(client.sync().get("key")).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "VALUE other 0 5\r\nwrong\r\nEND\r\n",
                "STORED\r\n",
                "42\r\n",
                "VERSION 1\r\n"
            })
    void get_textReplyToAnother_isGivenToNobody(String wrong) {
        ScriptedNode.Script script =
                (connection, line) -> {
                    if (line.equals("version")) {
                        return "VERSION 1.4\r\n";
                    }
                    return connection == 1 ? wrong : "END\r\n";
                };
        try (ScriptedNode node = new ScriptedNode(script);
                HashRing client =
                        client(node).protocol(Protocol.TEXT).retryAfterLoss(false).build()) {
            assertThatThrownBy(() -> client.sync().get("key"))
                    .isInstanceOf(ProtocolException.class);
            assertThat(client.sync().get("key")).isEmpty();
            assertThat(node.accepted()).isEqualTo(2);
        }
    }

    @Test
    void operations_connectionBreaks_areRepeatedOnlyIfThatDoesNoHarm() {
        ScriptedNode.Script script =
                (connection, line) ->
                        connection == 1 && !line.equals("mn") ? HANG_UP : proper(line);
        try (ScriptedNode node = new ScriptedNode(script);
                HashRing client = client(node).build()) {
            CompletableFuture<Optional<String>> get = client.async().get("key");
            assertThat(get.join()).isEmpty();
        }
        try (ScriptedNode node = new ScriptedNode(script);
                HashRing client = client(node).build()) {
            assertThatThrownBy(() -> client.sync().increment("key", 1))
                    .isInstanceOf(ConnectionLostException.class)
                    .matches(e -> ((MemcacheException) e).outcome() == Outcome.MAYBE_APPLIED)
                    .matches(e -> !((MemcacheException) e).retryable());
        }
    }

    @Test
    void get_nobodyListens_failsAtOnceAndRecovers() {
        ScriptedNode first = new ScriptedNode((n, line) -> proper(line));
        int port = first.port();
        first.close();
        try (HashRing client =
                HashRing.builder()
                        .nodes("127.0.0.1:" + port)
                        .operationTimeout(LONG)
                        .maxBackoff(SHORT)
                        .build()) {
            assertThatThrownBy(() -> client.sync().get("key"))
                    .isInstanceOf(NodeUnavailableException.class)
                    .matches(e -> ((MemcacheException) e).outcome() == Outcome.NOT_SENT);
            assertThat(client.nodeStates()).doesNotContainValue(NodeState.READY);
            try (ScriptedNode second = new ScriptedNode(port, (n, line) -> proper(line))) {
                assertThat(client.awaitReady(LONG)).isTrue();
                assertThat(client.sync().get("key")).isEmpty();
                assertThat(second.accepted()).isEqualTo(1);
            }
        }
    }

    @Test
    void get_unknownHost_saysSo() {
        try (HashRing client = HashRing.builder().nodes("no-such-host.invalid").build()) {
            assertThatThrownBy(() -> client.sync().within(LONG).get("key"))
                    .isInstanceOf(NodeUnavailableException.class)
                    .hasMessageContaining("resolve");
        }
    }

    @Test
    void get_manyInFlight_failsFastAndCountsDown() throws InterruptedException {
        CountDownLatch full = new CountDownLatch(1);
        ScriptedNode.Script script =
                (n, line) -> {
                    if (!line.equals("mn")) {
                        full.await();
                    }
                    return proper(line);
                };
        try (ScriptedNode node = new ScriptedNode(script);
                HashRing client = client(node).maxInFlight(10).build()) {
            assertThat(client.awaitReady(LONG)).isTrue();
            List<CompletableFuture<Optional<String>>> gets =
                    java.util.stream.IntStream.range(0, 10)
                            .mapToObj(i -> client.async().get("key" + i))
                            .toList();
            assertThatThrownBy(() -> client.sync().get("one too many"))
                    .isInstanceOf(InvalidRequestException.class);
            assertThatThrownBy(() -> client.sync().get("eleventh"))
                    .isInstanceOf(OverloadedException.class)
                    .hasMessageContaining("maxInFlight=10");
            full.countDown();
            gets.forEach(CompletableFuture::join);
            assertThat(client.inFlight()).containsValue(0);
            assertThat(client.sync().get("eleventh")).isEmpty();
        }
    }

    @Test
    void breaker_timeoutsInARow_refusesUntilAProbeIsAnswered() throws InterruptedException {
        AtomicBoolean silent = new AtomicBoolean(true);
        StateEar ear = new StateEar();
        ScriptedNode.Script script =
                (n, line) -> silent.get() && !line.equals("mn") ? "" : proper(line);
        try (ScriptedNode node = new ScriptedNode(script);
                HashRing client =
                        client(node)
                                .operationTimeout(SHORT)
                                .hangTimeout(LONG)
                                .retryAfterLoss(false)
                                .circuitBreaker(3, Duration.ofMillis(300))
                                .listener(ear)
                                .build()) {
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> client.sync().get("key"))
                        .isInstanceOf(OperationTimeoutException.class);
            }
            ear.await(NodeState.NOT_ANSWERING);
            assertThatThrownBy(() -> client.sync().get("key"))
                    .isInstanceOf(CircuitOpenException.class);
            silent.set(false);
            ear.await(NodeState.READY);
        }
    }

    @Test
    void nextNode_nodeDown_takesItsKeysAndNoOthers() {
        ScriptedNode.Script script = (n, line) -> line.equals("mn") ? "MN\r\n" : hit(line, "from");
        ScriptedNode gone = new ScriptedNode(script);
        try (ScriptedNode one = new ScriptedNode(script);
                ScriptedNode two = new ScriptedNode(script);
                HashRing client = client(one, two, gone).onNodeDown(NodeDown.NEXT_NODE).build()) {
            assertThat(client.awaitReady(LONG)).isTrue();
            List<Node> before = placements(client);
            assertThat(before).anyMatch(node -> node.port() == gone.port());
            gone.close();
            while (client.nodeStates().get(gone.address()) != NodeState.UNREACHABLE) {
                Thread.onSpinWait();
            }
            for (int i = 0; i < before.size(); i++) {
                Node now = client.nodeFor("key" + i);
                assertThat(now.port()).isNotEqualTo(gone.port());
                if (before.get(i).port() != gone.port()) {
                    assertThat(now).isEqualTo(before.get(i));
                }
                assertThat(client.sync().get("key" + i)).contains("from");
            }
        }
    }

    private static List<Node> placements(HashRing client) {
        return java.util.stream.IntStream.range(0, 100)
                .mapToObj(i -> client.nodeFor("key" + i))
                .toList();
    }

    @Test
    void getAll_oneNodeDown_givesTheRestAndTheReason() {
        try (ScriptedNode good = new ScriptedNode((n, line) -> full(line));
                ScriptedNode mute =
                        new ScriptedNode((n, line) -> line.equals("mn") ? "MN\r\n" : null);
                HashRing client = client(good, mute).bulkTimeout(Duration.ofMillis(300)).build()) {
            List<String> keys =
                    java.util.stream.IntStream.range(0, 50).mapToObj(i -> "key" + i).toList();
            BulkResult<String> result = client.sync().getAll(keys);

            assertThat(result.hits()).isNotEmpty();
            assertThat(result.misses()).isEmpty();
            assertThat(result.failures()).isNotEmpty();
            assertThat(result.hits().size() + result.failures().size()).isEqualTo(50);
            assertThat(result.failures().values())
                    .allMatch(e -> e instanceof OperationTimeoutException)
                    .allMatch(e -> e.node().equals(mute.address()));
            assertThatThrownBy(result::orThrow).isInstanceOf(OperationTimeoutException.class);
        }
    }

    @Test
    void getAll_endThatBelongsToNoList_isNoMiss() {
        try (ScriptedNode node =
                        new ScriptedNode(
                                (n, line) ->
                                        line.startsWith("get ")
                                                ? "END\r\n" + listHit(line, "value")
                                                : proper(line));
                HashRing client = client(node).build()) {
            List<String> keys = List.of("a", "b", "c", "d");
            BulkResult<String> result = client.sync().getAll(keys);

            assertThat(result.hits()).isEmpty();
            assertThat(result.misses()).isEmpty();
            assertThat(result.failures()).containsOnlyKeys(keys);
            assertThat(result.failures().values()).allMatch(ProtocolException.class::isInstance);
        }
    }

    @Test
    void getAll_emptyItems_areAskedForOnceMoreEachAlone() {
        ScriptedNode.Script script =
                (n, line) -> {
                    if (line.startsWith("get ")) {
                        return listHit(line, "");
                    }
                    return line.startsWith("mg a ") ? "SERVER_ERROR busy\r\n" : full(line);
                };
        try (ScriptedNode node = new ScriptedNode(script);
                HashRing client = client(node).build()) {
            BulkResult<String> result = client.sync().getAll(List.of("a", "b", "c"));

            assertThat(result.hits()).containsOnlyKeys("b", "c").containsValue("value");
            assertThat(result.failures()).containsOnlyKeys("a");
            assertThat(result.failures().get("a")).isInstanceOf(ServerRefusedException.class);
        }
    }

    @Test
    void set_refusedByTheNode_quotesIt() {
        ScriptedNode.Script script =
                (n, line) ->
                        line.equals("mn")
                                ? "MN\r\n"
                                : "SERVER_ERROR object too large for cache\r\n";
        try (ScriptedNode node = new ScriptedNode(script);
                HashRing client = client(node).build()) {
            assertThatThrownBy(() -> client.sync().set("key", "value", MINUTE))
                    .isInstanceOf(ItemTooLargeException.class)
                    .hasMessageContaining("object too large")
                    .matches(e -> ((MemcacheException) e).outcome() == Outcome.REJECTED);
        }
    }

    @Test
    void credentials_refused_failAtOnceAndAreNotPresentedAgainAndAgain() {
        ScriptedNode.Script refusing =
                (n, line) ->
                        line.startsWith("set auth ")
                                ? "CLIENT_ERROR authentication failure\r\n"
                                : proper(line);
        try (ScriptedNode node = new ScriptedNode(refusing);
                ScriptedNode brusque = new ScriptedNode((n, line) -> HANG_UP);
                HashRing client = client(node).credentials("user", "wrong").build();
                HashRing other = client(brusque).build()) {
            for (int i = 0; i < 100; i++) {
                AuthenticationException refused =
                        catchThrowableOfType(
                                AuthenticationException.class, () -> client.sync().get("key"));

                assertThat(refused).hasMessageContaining("authentication failure");
                assertThat(refused.node()).isEqualTo(node.address());
                assertThat(refused.outcome()).isEqualTo(Outcome.NOT_SENT);
                assertThat(refused.retryable()).isFalse();
            }
            // What hangs up is tried again in the meantime.
            brusque.awaitConnections(5);
            assertThatThrownBy(() -> other.sync().get("key"))
                    .isInstanceOf(NodeUnavailableException.class);
            assertThat(node.accepted()).isEqualTo(1);
        }
    }

    @Test
    void credentials_wantedAndNotThere_areAskedFor() {
        ScriptedNode.Script script = (n, line) -> "CLIENT_ERROR unauthenticated\r\n";
        try (ScriptedNode node = new ScriptedNode(script);
                HashRing client = client(node).build()) {
            assertThatThrownBy(() -> client.sync().get("key"))
                    .isInstanceOf(AuthenticationException.class)
                    .hasMessageContaining("wants a login");
        }
    }

    @Test
    void sync_onAnEventLoop_isRefused() {
        try (ScriptedNode node = new ScriptedNode((n, line) -> proper(line));
                HashRing client = client(node).build()) {
            CompletableFuture<Optional<String>> nested =
                    client.async().get("key").thenApply(value -> client.sync().get("other"));

            assertThatThrownBy(() -> nested.get(20, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasMessageContaining("event loop");
        }
    }

    @Test
    void text_metaOperations_areRefusedBeforeAnythingIsSent() {
        try (ScriptedNode node = new ScriptedNode((n, line) -> "VERSION 1.4\r\n");
                HashRing client = client(node).protocol(Protocol.TEXT).build()) {
            assertThatThrownBy(() -> client.sync().markStale("key", MINUTE))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("stale");
            assertThatThrownBy(() -> client.async().get("a b").join())
                    .hasCauseInstanceOf(InvalidRequestException.class);
        }
    }
}
