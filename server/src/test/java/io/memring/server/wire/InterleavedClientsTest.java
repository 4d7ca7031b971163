package io.memring.server.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Clients of one worker whose requests arrive in pieces, in turns: what a worker lends to the
 * connection whose request it works on must not be seen by the next one.
 */
final class InterleavedClientsTest {
    private static final int CLIENTS = 7;
    private static final int ROUNDS_OF_REQUESTS = 20;
    private static final int LONGEST_PIECE = 60;

    @ParameterizedTest
    @ValueSource(strings = {"io_uring", "epoll", "nio"})
    void requestsInPieces_areAnsweredAsIfEachClientWereAlone(String transport) throws IOException {
        long seed = System.nanoTime();
        System.out.println("InterleavedClientsTest seed " + seed);
        Random random = new Random(seed);
        try (LocalNode node = LocalNode.start(List.of("-t", "1", "--transport", transport));
                WireClient witness = new WireClient(node.port())) {
            List<Talk> talks = new ArrayList<>();
            try {
                for (int i = 0; i < CLIENTS; i++) {
                    talks.add(new Talk(new WireClient(node.port()), i));
                }
                List<Talk> unsent = new ArrayList<>(talks);
                while (!unsent.isEmpty()) {
                    unsent.forEach(talk -> talk.sendPiece(random));
                    assertThat(witness.ask("mn")).isEqualTo("MN");
                    unsent.removeIf(Talk::isSent);
                }
                for (Talk talk : talks) {
                    assertThat(talk.client.read(talk.replies.length()))
                            .as("client %d, seed %d", talk.number, seed)
                            .isEqualTo(talk.replies.toString());
                }
            } finally {
                for (Talk talk : talks) {
                    talk.client.close();
                }
            }
        }
    }

    /** What one client sends, and what it must be answered. */
    private static final class Talk {
        private final WireClient client;
        private final int number;
        private final StringBuilder requests = new StringBuilder();
        private final StringBuilder replies = new StringBuilder();
        private int sent;

        Talk(WireClient client, int number) {
            this.client = client;
            this.number = number;
            for (int round = 0; round < ROUNDS_OF_REQUESTS; round++) {
                addRound("key" + number, number + "-" + "v".repeat(round * number) + "-" + round);
            }
        }

        private void addRound(String key, String value) {
            String item = "VALUE %s %d %d\r\n%s\r\n".formatted(key, number, value.length(), value);
            add("set %s %d 0 %d\r\n%s\r\n".formatted(key, number, value.length(), value), "STORED");
            add("get %s none %s\r\n".formatted(key, key), item + item + "END");
            add("incr none%d 1\r\n".formatted(number), "NOT_FOUND");
            add("bogus\r\n", "ERROR");
            add(
                    "mg %s f v\r\n".formatted(key),
                    "VA %d f%d\r\n%s".formatted(value.length(), number, value));
            add("gat 0 %s\r\n".formatted(key), item + "END");
            add("ms %s %d F%d\r\n%s\r\n".formatted(key, value.length(), number, value), "HD");
        }

        private void add(String request, String reply) {
            requests.append(request);
            replies.append(reply).append("\r\n");
        }

        void sendPiece(Random random) {
            int end = Math.min(requests.length(), sent + 1 + random.nextInt(LONGEST_PIECE));
            client.send(requests.substring(sent, end));
            sent = end;
        }

        boolean isSent() {
            return sent == requests.length();
        }
    }
}
