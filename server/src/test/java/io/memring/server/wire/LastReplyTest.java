package io.memring.server.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.memring.protocol.binary.Header;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Map;

/**
 * A client that sends on after its last reply learns that the connection is dead, and cannot take
 * it for one that lives: memcached's own test of SASL does so.
 */
final class LastReplyTest {
    private static final int CONNECTIONS = 200;

    /** The JDK's own channels end their output at once, but close only when they are selected. */
    @ParameterizedTest
    @ValueSource(strings = {"io_uring", "epoll"})
    void connection_afterItsLastReply_isReset(String transport) throws IOException {
        try (LocalNode node = LocalNode.start(List.of("-t", "1", "--transport", transport))) {
            for (int i = 0; i < CONNECTIONS; i++) {
                try (SocketChannel client = connect(node.port())) {
                    client.write(quit());
                    ByteBuffer reply = ByteBuffer.allocate(Header.LENGTH);
                    while (reply.hasRemaining()) {
                        assertThat(client.read(reply)).isPositive();
                    }
                    assertThatIOException().as("connection %d", i).isThrownBy(() -> talkOn(client));
                }
            }
        }
    }

    /** The first bytes may go out before the connection's end is known here. */
    private static void talkOn(SocketChannel client) throws IOException {
        client.write(quit());
        assertThat(client.read(ByteBuffer.allocate(1))).isEqualTo(-1);
        client.write(quit());
    }

    private static SocketChannel connect(int port) throws IOException {
        return SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    private static ByteBuffer quit() {
        return ByteBuffer.wrap(Frame.parse("QUIT").toBytes(Map.of()));
    }
}
