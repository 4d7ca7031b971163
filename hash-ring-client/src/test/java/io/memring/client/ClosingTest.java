package io.memring.client;

import static io.memring.client.ScriptedNode.opaque;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memring.client.error.ClientClosedException;
import io.memring.client.error.OperationTimeoutException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/** A client that is closed waits for what somebody waits for, and for nothing else. */
@Timeout(60)
final class ClosingTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration HOUR = Duration.ofHours(1);

    private static HashRingBuilder client(ScriptedNode node) {
        return HashRing.builder().nodes(node.address()).operationTimeout(LONG);
    }

    @Test
    void close_requestsUnderWay_areAnswered() {
        CountDownLatch closing = new CountDownLatch(1);
        ScriptedNode.Script script =
                (n, line) -> {
                    if (line.equals("mn")) {
                        return "MN\r\n";
                    }
                    closing.await();
                    return "EN" + opaque(line) + "\r\n";
                };
        try (ScriptedNode node = new ScriptedNode(script)) {
            HashRing client = client(node).build();
            assertThat(client.awaitReady(LONG)).isTrue();
            CompletableFuture<Optional<String>> get = client.async().get("key");
            closing.countDown();
            client.close();

            assertThat(get.join()).isEmpty();
            assertThatThrownBy(() -> client.sync().get("key"))
                    .isInstanceOf(ClientClosedException.class);
            client.close();
        }
    }

    @Test
    void close_requestThatTimedOut_isNotWaitedFor() {
        ScriptedNode.Script silent = (n, line) -> line.equals("mn") ? "MN\r\n" : null;
        try (ScriptedNode node = new ScriptedNode(silent)) {
            HashRing client = client(node).hangTimeout(HOUR).build();
            assertThat(client.awaitReady(LONG)).isTrue();
            assertThatThrownBy(() -> client.sync().within(Duration.ofMillis(50)).get("key"))
                    .isInstanceOf(OperationTimeoutException.class);
            assertThat(client.inFlight()).containsValue(1);

            client.close(HOUR);
        }
    }

    @Test
    void close_requestThatTimesOutMeanwhile_isWaitedForNoLonger() {
        ScriptedNode.Script silent = (n, line) -> line.equals("mn") ? "MN\r\n" : null;
        try (ScriptedNode node = new ScriptedNode(silent)) {
            HashRing client = client(node).hangTimeout(HOUR).build();
            assertThat(client.awaitReady(LONG)).isTrue();
            CompletableFuture<Optional<String>> get =
                    client.async().within(Duration.ofMillis(50)).get("key");
            client.close(HOUR);

            assertThat(get).isCompletedExceptionally();
        }
    }
}
