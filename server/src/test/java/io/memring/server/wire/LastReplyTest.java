package io.memring.server.wire;

import static org.assertj.core.api.Assertions.assertThat;

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
 * The end of a connection arrives together with its last reply, so that a client cannot take a
 * connection that is about to close for one that lives: memcached's own test of SASL does so.
 */
final class LastReplyTest {
    private static final int CONNECTIONS = 200;

    /** Unix sockets and the transport of the JDK have no way to hold bytes back. */
    @ParameterizedTest
    @ValueSource(strings = {"io_uring", "epoll"})
    void end_comesWithTheLastReply(String transport) throws IOException {
        try (LocalNode node = LocalNode.start(List.of("-t", "1", "--transport", transport))) {
            for (int i = 0; i < CONNECTIONS; i++) {
                try (SocketChannel client = connect(node.port())) {
                    client.write(quit());
                    ByteBuffer reply = ByteBuffer.allocate(2 * Header.LENGTH);
                    while (reply.position() < Header.LENGTH) {
                        assertThat(client.read(reply)).isPositive();
                    }
                    client.configureBlocking(false);
                    assertThat(client.read(reply)).as("connection %d", i).isEqualTo(-1);
                }
            }
        }
    }

    private static SocketChannel connect(int port) throws IOException {
        return SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    private static ByteBuffer quit() {
        return ByteBuffer.wrap(Frame.parse("QUIT").toBytes(Map.of()));
    }
}
