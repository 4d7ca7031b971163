package io.memring.client;

import static io.memring.client.ScriptedNode.HANG_UP;
import static io.memring.client.ScriptedNode.opaque;

import static org.assertj.core.api.Assertions.assertThat;

import io.memring.client.ring.Node;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/** What is told of bulk fetches. */
@Timeout(60)
final class BulkFetchTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    /** Answers as a node without items, but the first connection hangs up on the second key. */
    private static String answer(int connection, String line) {
        if (line.equals("mn")) {
            return "MN\r\n";
        }
        return connection == 1 && line.startsWith("mg b ") ? HANG_UP : "EN" + opaque(line) + "\r\n";
    }

    @Test
    void getAll_connectionBreaksInTheMiddle_countsEachMissOnce() throws InterruptedException {
        BlockingQueue<List<Integer>> told = new ArrayBlockingQueue<>(9);
        ClientListener listener =
                new ClientListener() {
                    @Override
                    public void fetched(Node node, int hits, int misses) {
                        told.add(List.of(hits, misses));
                    }
                };
        try (ScriptedNode node = new ScriptedNode(BulkFetchTest::answer);
                HashRing client =
                        HashRing.builder()
                                .nodes(node.address())
                                .operationTimeout(LONG)
                                .bulkTimeout(LONG)
                                .listener(listener)
                                .build()) {
            BulkResult<String> result = client.sync().getAll(List.of("a", "b"));

            assertThat(result.misses()).containsExactlyInAnyOrder("a", "b");
            assertThat(told.take()).containsExactly(0, 2);
            assertThat(node.accepted()).isEqualTo(2);
        }
    }
}
