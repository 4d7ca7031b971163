package io.memring.client;

import static io.memring.client.ScriptedNode.HANG_UP;
import static io.memring.client.ScriptedNode.opaque;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;

/** A node with more than one connection, of which some do not work. */
@Timeout(60)
final class SeveralConnectionsTest {
    private static final int REQUESTS = 50;

    @Test
    void get_oneConnectionWorks_goesOverThatOne() throws InterruptedException {
        // Who connects second or later is sent away again and again.
        ScriptedNode.Script script =
                (connection, line) -> {
                    if (connection > 1) {
                        return HANG_UP;
                    }
                    return line.equals("mn") ? "MN\r\n" : "EN" + opaque(line) + "\r\n";
                };
        StateEar ear = new StateEar();
        try (ScriptedNode node = new ScriptedNode(script);
                HashRing client =
                        HashRing.builder()
                                .nodes(node.address())
                                .connectionsPerNode(2)
                                .operationTimeout(Duration.ofSeconds(20))
                                .listener(ear)
                                .build()) {
            ear.await(NodeState.READY, NodeState.UNREACHABLE);
            for (int i = 0; i < REQUESTS; i++) {
                assertThat(client.sync().get("key" + i)).isEmpty();
            }
            assertThat(client.nodeStates()).containsEntry(node.address(), NodeState.READY);
            assertThat(client.nodes().get(0).failures()).isZero();
        }
    }
}
