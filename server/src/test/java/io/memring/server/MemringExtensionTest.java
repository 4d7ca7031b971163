package io.memring.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memring.server.testsupport.MemringExtension;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.net.InetSocketAddress;

/** The JUnit extension, used as an application would use it. */
class MemringExtensionTest {

    @RegisterExtension
    static final MemringExtension NODE =
            MemringExtension.with(settings -> settings.memoryLimitMegabytes(32).workers(1));

    @Test
    void parameters_areTheRunningNode(MemringServer server, InetSocketAddress address) {
        assertThat(server).isSameAs(NODE.server());
        assertThat(address).isEqualTo(server.address());
        try (TestClient client = TestClient.connect(address)) {
            assertThat(client.stats("stats settings"))
                    .containsEntry("maxbytes", Integer.toString(32 << 20))
                    .containsEntry("num_threads", "1");
        }
    }

    @Nested
    class InNestedClass {
        @Test
        void node_isThatOfTheEnclosingClass(MemringServer server) {
            assertThat(server).isSameAs(NODE.server());
        }
    }

    @Test
    void server_outsideOfAClassesTests_isRefused() {
        assertThatThrownBy(() -> new MemringExtension().server())
                .isInstanceOf(IllegalStateException.class);
    }
}
