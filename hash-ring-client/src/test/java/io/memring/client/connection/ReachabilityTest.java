package io.memring.client.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.memring.client.error.CircuitOpenException;
import io.memring.client.error.NodeUnavailableException;
import io.memring.client.error.Origin;
import io.memring.client.ring.Node;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** When a node counts as down, and when requests to it are refused. */
final class ReachabilityTest {
    private static final int BREAKER = 3;
    private static final long MAX_BACKOFF_NANOS = Duration.ofSeconds(1).toNanos();

    private final List<String> changes = new ArrayList<>();
    private final Reachability node =
            new Reachability(
                    Node.of("127.0.0.1", 1),
                    config(),
                    (which, from, to, cause) -> changes.add(from + " > " + to),
                    new Random(20261121));

    private static ConnectionConfig config() {
        Duration second = Duration.ofSeconds(1);
        return new ConnectionConfig(
                WireFormat.META,
                1,
                second,
                second,
                100,
                BREAKER,
                second,
                Duration.ofNanos(MAX_BACKOFF_NANOS),
                1024,
                true,
                null,
                null,
                List.of());
    }

    private static NodeUnavailableException refused() {
        return new NodeUnavailableException(Origin.local("connect"), "nobody listens", null);
    }

    private static Request<Boolean> request() {
        return new Request<>(RequestKind.GET, reply -> true);
    }

    @Test
    void firstAttempt_underWay_isWaitedFor() {
        assertThat(node.isDown()).isFalse();
        assertThat(node.refusal(request())).isNull();
    }

    @Test
    void attempts_thatFail_leaveItDownUntilOneSucceeds() {
        for (int i = 0; i < 3; i++) {
            assertThat(node.failed(refused())).isBetween(1L, MAX_BACKOFF_NANOS);
            assertThat(node.isDown()).isTrue();
            assertThat(node.refusal(request())).isInstanceOf(NodeUnavailableException.class);
            node.become(ConnectionState.CONNECTING, null);
            // What else takes over its keys keeps them; a request of its own would wait.
            assertThat(node.isDown()).isTrue();
            assertThat(node.refusal(request())).isNull();
        }
        node.ready();

        assertThat(node.isDown()).isFalse();
        assertThat(node.refusal(request())).isNull();
        assertThat(changes)
                .startsWith("CONNECTING > BACKING_OFF", "BACKING_OFF > CONNECTING")
                .endsWith("CONNECTING > READY")
                .hasSize(7);
    }

    @Test
    void connection_thatBreaks_isNotDownBeforeAnAttemptFails() {
        node.failed(refused());
        node.become(ConnectionState.CONNECTING, null);
        node.ready();
        node.lost();

        assertThat(node.isDown()).isFalse();
        node.failed(refused());
        assertThat(node.isDown()).isTrue();
    }

    @Test
    void repliesThatMiss_inARow_leaveItDownUntilAProbeIsAnswered() {
        node.ready();
        assertThat(node.replyMissed()).isFalse();
        node.answered();
        assertThat(node.replyMissed()).isFalse();
        assertThat(node.replyMissed()).isFalse();
        assertThat(node.isDown()).isFalse();
        assertThat(node.replyMissed()).isTrue();

        assertThat(node.isDown()).isTrue();
        assertThat(node.refusal(request())).isInstanceOf(CircuitOpenException.class);
        node.recovered();
        assertThat(node.isDown()).isFalse();
    }
}
