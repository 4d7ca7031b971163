package io.memring.server.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.memring.protocol.binary.Header;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.UncheckedIOException;
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

    private static final int ROUND_TRIPS = 10;

    /** The JDK's own channels end their output at once, but close only when they are selected. */
    @ParameterizedTest
    @ValueSource(strings = {"io_uring", "epoll"})
    void connection_afterItsLastReply_isReset(String transport) throws IOException {
        try (LocalNode node = LocalNode.start(List.of("-t", "1", "--transport", transport));
                SocketChannel other = connect(node.port())) {
            for (int i = 0; i < CONNECTIONS; i++) {
                try (SocketChannel client = connect(node.port())) {
                    client.write(quit());
                    ByteBuffer reply = ByteBuffer.allocate(Header.LENGTH);
                    while (reply.hasRemaining()) {
                        assertThat(client.read(reply)).isPositive();
                    }
                    assertThatIOException()
                            .as("connection %d", i)
                            .isThrownBy(() -> talkOn(client, other));
                }
            }
        }
    }

    /**
     * The first bytes may go out before the connection's end is known here. A busy kernel may
     * deliver their reset a little later; it has by the time that the other connection's request,
     * which takes the same way, is answered several times.
     */
    private static void talkOn(SocketChannel client, SocketChannel other) throws IOException {
        client.write(quit());
        assertThat(client.read(ByteBuffer.allocate(1))).isEqualTo(-1);
        for (int i = 0; i < ROUND_TRIPS; i++) {
            roundTrip(other);
        }
        client.write(quit());
    }

    /** Fails by an exception that cannot be taken for the end of the connection under test. */
    private static void roundTrip(SocketChannel other) {
        try {
            other.write(ByteBuffer.wrap("mn\r\n".getBytes(US_ASCII)));
            ByteBuffer reply = ByteBuffer.allocate("MN\r\n".length());
            while (reply.hasRemaining()) {
                assertThat(other.read(reply)).isPositive();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SocketChannel connect(int port) throws IOException {
        return SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    private static ByteBuffer quit() {
        return ByteBuffer.wrap(Frame.parse("QUIT").toBytes(Map.of()));
    }
}
