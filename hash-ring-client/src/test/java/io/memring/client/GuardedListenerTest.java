package io.memring.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.memring.client.ring.Node;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class GuardedListenerTest {

    private final List<String> heard = new ArrayList<>();

    private final ClientListener failing =
            new ClientListener() {
                @Override
                public void nodeState(
                        Node node, NodeState from, NodeState to, @Nullable Throwable cause) {
                    heard.add("nodeState");
                    throw new IllegalStateException("thrown on purpose");
                }
            };

    @Test
    void whatAListenerThrows_staysWithIt() {
        ClientListener guarded = new GuardedListener(failing);
        NodeState state = NodeState.values()[0];

        assertThatCode(() -> guarded.nodeState(Node.of("127.0.0.1", 1), state, state, null))
                .doesNotThrowAnyException();
        assertThat(heard).containsExactly("nodeState");
    }
}
