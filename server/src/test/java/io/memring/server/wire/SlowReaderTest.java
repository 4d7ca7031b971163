package io.memring.server.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Replies that the socket takes at once and replies that wait for the client keep their order, by
 * every transport.
 */
final class SlowReaderTest {
    private static final int KEYS = 40;

    /** Together several times what sockets and send queues hold. */
    private static final int VALUE_BYTES = 400_000;

    private static final int ROUNDS = 2;

    private static final int CONNECTIONS = 200;

    @ParameterizedTest
    @ValueSource(strings = {"io_uring", "epoll", "nio"})
    void replies_thatWaitForTheClient_keepTheirOrder(String transport) throws IOException {
        try (LocalNode node = LocalNode.start(List.of("-t", "1", "--transport", transport));
                WireClient client = new WireClient(node.port())) {
            for (int i = 0; i < KEYS; i++) {
                assertThat(client.ask(set(i))).isEqualTo("STORED");
            }
            for (int round = 0; round < ROUNDS; round++) {
                sendGets(client);
                for (int i = 0; i < KEYS; i++) {
                    assertThat(client.readLine())
                            .isEqualTo("VALUE key%d 0 %d\r\n".formatted(i, VALUE_BYTES));
                    assertThat(client.read(VALUE_BYTES).equals(value(i))).isTrue();
                    assertThat(client.readLine()).isEqualTo("\r\n");
                    assertThat(client.readLine()).isEqualTo("END\r\n");
                    assertThat(client.readLine()).isEqualTo("MN\r\n");
                }
            }
        }
    }

    /** Small replies stand between the large ones: they must not overtake. */
    private static void sendGets(WireClient client) {
        StringBuilder requests = new StringBuilder();
        for (int i = 0; i < KEYS; i++) {
            requests.append("get key").append(i).append("\r\nmn\r\n");
        }
        client.send(requests.toString());
    }

    private static String set(int i) {
        return "set key%d 0 0 %d\r\n%s".formatted(i, VALUE_BYTES, value(i));
    }

    private static String value(int i) {
        return Integer.toString(1000 + i).repeat(VALUE_BYTES / 4);
    }

    /** The node sends to a client that has gone: that ends this connection and no other. */
    @ParameterizedTest
    @ValueSource(strings = {"io_uring", "epoll", "nio"})
    void reply_toAClientThatHasReset_harmsNobody(String transport) throws IOException {
        try (LocalNode node = LocalNode.start(List.of("-t", "1", "--transport", transport));
                WireClient healthy = new WireClient(node.port())) {
            assertThat(healthy.ask(set(0))).isEqualTo("STORED");
            for (int i = 0; i < 20; i++) {
                WireClient gone = new WireClient(node.port());
                gone.send("get key0\r\n".repeat(100));
                gone.reset();
                assertThat(healthy.ask("mn")).isEqualTo("MN");
            }
            while (Integer.parseInt(healthy.stat("curr_connections")) > 1) {
                assertThat(healthy.ask("mn")).isEqualTo("MN");
            }
            assertThat(healthy.ask("mg key0 s")).isEqualTo("HD s" + VALUE_BYTES);
        }
    }

    /** More connections, and more bytes, than replies wait for in a worker's round. */
    @ParameterizedTest
    @ValueSource(strings = {"io_uring", "epoll", "nio"})
    void replies_toManyConnectionsAtOnce_allArrive(String transport) throws IOException {
        try (LocalNode node = LocalNode.start(List.of("-t", "1", "--transport", transport));
                WireClient first = new WireClient(node.port())) {
            assertThat(first.ask("set key 0 0 4096\r\n" + "v".repeat(4096))).isEqualTo("STORED");
            List<WireClient> clients = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                clients.add(new WireClient(node.port()));
            }
            clients.forEach(client -> client.send("mg key v\r\nmn\r\n"));
            for (WireClient client : clients) {
                assertThat(client.readLine()).isEqualTo("VA 4096\r\n");
                assertThat(client.read(4096)).isEqualTo("v".repeat(4096));
                assertThat(client.readLine()).isEqualTo("\r\n");
                assertThat(client.readLine()).isEqualTo("MN\r\n");
                client.close();
            }
        }
    }
}
