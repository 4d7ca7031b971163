package io.memring.server.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Scenarios S1 to S17: clients that do harm, slowly or all at once, beside one that must not
 * notice.
 */
final class ScenarioTest {
    private static final int SLOW_CLIENTS = 100;

    @Test
    void s1_slowLoris_finishesInTheEndAndHoldsUpNobody() throws IOException {
        try (Node node = Node.start(List.of());
                WireClient healthy = new WireClient(node.port())) {
            List<WireClient> slow = new ArrayList<>();
            List<String> requests = new ArrayList<>();
            for (int i = 0; i < SLOW_CLIENTS; i++) {
                slow.add(new WireClient(node.port()));
                requests.add("set slow%02d 0 0 10\r\n0123456789\r\n".formatted(i));
            }
            for (int at = 0; at < requests.getFirst().length(); at++) {
                for (int i = 0; i < SLOW_CLIENTS; i++) {
                    slow.get(i).send(requests.get(i).substring(at, at + 1));
                }
                assertHealthy(healthy);
            }
            for (WireClient client : slow) {
                assertThat(client.readLine()).isEqualTo("STORED\r\n");
                client.close();
            }
            assertThat(healthy.ask("mg slow99 s")).isEqualTo("HD s10");
        }
    }

    @Test
    void s3_neverReaders_getWhatTheyAskedForOnceTheyRead() throws IOException {
        try (Node node = Node.start(List.of("-m", "64"));
                WireClient healthy = new WireClient(node.port());
                WireClient deaf = new WireClient(node.port())) {
            String value = "ab".repeat(250_000);
            assertThat(healthy.ask(set("large", value))).isEqualTo("STORED");
            deaf.send("get large\r\n".repeat(60));
            assertHealthy(healthy);
            assertThat(healthy.ask(set("large", "changed"))).isEqualTo("STORED");
            for (int i = 0; i < 60; i++) {
                assertThat(readGet(deaf)).isIn(value, "changed");
            }
            assertThat(deaf.ask("mn")).isEqualTo("MN");
        }
    }

    @Test
    void s4_resetWithinAValue_leavesTheOldValueAndNothingElse() throws IOException {
        try (Node node = Node.start(List.of());
                WireClient healthy = new WireClient(node.port())) {
            assertThat(healthy.ask(set("k", "old"))).isEqualTo("STORED");
            for (int i = 0; i < 50; i++) {
                WireClient rude = new WireClient(node.port());
                rude.send("set k 0 0 500000\r\n" + "x".repeat(i * 5000));
                if (i % 2 == 0) {
                    rude.leave(Step.Manner.HALF_CLOSE);
                }
                rude.reset();
            }
            assertThat(healthy.ask("mg k v")).isEqualTo("VA 3");
            assertThat(healthy.readLine()).isEqualTo("old\r\n");
            awaitConnections(healthy, 1);
            assertThat(healthy.stat("curr_items")).isEqualTo("1");
        }
    }

    @Test
    void s5_flood_turnsAwayTheNewAndServesTheOld() throws IOException {
        try (Node node = Node.start(List.of("-c", "50"));
                WireClient healthy = new WireClient(node.port())) {
            List<WireClient> flood = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                flood.add(new WireClient(node.port()));
                if (i % 10 == 0) {
                    assertHealthy(healthy);
                }
            }
            for (WireClient client : flood) {
                client.close();
            }
            awaitConnections(healthy, 1);
            assertHealthy(healthy);
            try (WireClient late = new WireClient(node.port())) {
                assertHealthy(late);
            }
        }
    }

    @Test
    void s10_evictionStorm_storesEverythingAndReturnsNothingWrong() throws IOException {
        try (Node node = Node.start(List.of("-m", "16"));
                WireClient client = new WireClient(node.port())) {
            int found = 0;
            for (int i = 0; i < 150; i++) {
                String value = Character.toString('a' + i % 26).repeat(900_000 + i);
                assertThat(client.ask(set("k" + i, value))).isEqualTo("STORED");
                String read = get(client, "k" + i / 2);
                if (!read.isEmpty()) {
                    found++;
                    String letter = Character.toString('a' + i / 2 % 26);
                    assertThat(read.equals(letter.repeat(900_000 + i / 2))).isTrue();
                }
                assertThat(get(client, "k" + i).equals(value)).isTrue();
            }
            assertThat(found).isPositive();
            assertThat(Long.parseLong(client.stat("evictions"))).isPositive();
            assertThat(Long.parseLong(client.stat("bytes"))).isLessThanOrEqualTo(16 << 20);
        }
    }

    @Test
    void s11_pagesMoveBetweenClasses_whileALargeReplyWaits() throws IOException {
        try (Node node = Node.start(List.of("-m", "16"));
                WireClient deaf = new WireClient(node.port());
                WireClient client = new WireClient(node.port())) {
            String large = "L".repeat(400_000);
            for (int i = 0; i < 20; i++) {
                assertThat(client.ask(set("large" + i, large))).isEqualTo("STORED");
            }
            deaf.send("get large19\r\n".repeat(20));
            for (int size : new int[] {50, 700, 9000, 70_000}) {
                String value = "s".repeat(size);
                for (int i = 0; i < 20_000_000 / (size + 2000); i++) {
                    assertThat(client.ask(set("k" + i, value))).isEqualTo("STORED");
                }
            }
            for (int i = 0; i < 20; i++) {
                assertThat(readGet(deaf)).isIn(large, "");
            }
            assertThat(deaf.ask("mn")).isEqualTo("MN");
        }
    }

    @Test
    void s12_casRaces_loseNoUpdate() throws Exception {
        int threads = 4;
        int rounds = 200;
        try (Node node = Node.start(List.of());
                WireClient client = new WireClient(node.port());
                ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            assertThat(client.ask(set("n", "0"))).isEqualTo("STORED");
            List<Future<Integer>> swaps = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                swaps.add(pool.submit(() -> countUp(node, rounds)));
            }
            assertThat(sum(swaps)).isEqualTo(threads * rounds);
            assertThat(get(client, "n")).isEqualTo(String.valueOf(threads * rounds));
        }
    }

    /** Flushes, deletes, sets and adds meet on a few keys: only whole values may ever be seen. */
    @Test
    void s12_flushAndDeleteRaces_showOnlyWholeValues() throws Exception {
        long seed = new Random().nextLong();
        try (Node node = Node.start(List.of());
                ExecutorService pool = Executors.newFixedThreadPool(4)) {
            List<Future<Integer>> clients = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                Random random = new Random(seed + i);
                Callable<Integer> churn = () -> churn(node, random, 1000);
                clients.add(pool.submit(churn));
            }
            assertThat(sum(clients)).as("seed %d", seed).isEqualTo(0);
        }
    }

    @Test
    void s17_stats_answerUnderLoad() throws Exception {
        try (Node node = Node.start(List.of());
                WireClient observer = new WireClient(node.port());
                ExecutorService pool = Executors.newFixedThreadPool(2)) {
            List<Future<Integer>> clients = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                Random random = new Random(i);
                clients.add(pool.submit(() -> churn(node, random, 2000)));
            }
            long before = 0;
            while (!clients.stream().allMatch(Future::isDone)) {
                long now = Long.parseLong(observer.stat("cmd_get"));
                assertThat(now).isGreaterThanOrEqualTo(before);
                before = now;
            }
            assertThat(sum(clients)).isEqualTo(0);
        }
    }

    /** Increments by gets and cas, and says how often it came through. */
    private static int countUp(Node node, int rounds) throws IOException {
        int swaps = 0;
        try (WireClient client = new WireClient(node.port())) {
            while (swaps < rounds) {
                String header = client.ask("mg n c v");
                String cas = header.substring(header.indexOf(" c") + 2);
                int value = Integer.parseInt(client.readLine().strip());
                String next = String.valueOf(value + 1);
                String reply = client.ask("ms n %d C%s\r\n%s".formatted(next.length(), cas, next));
                if (reply.equals("HD")) {
                    swaps++;
                }
            }
        }
        return swaps;
    }

    /** Does random things to a few keys, and says how many values were not whole. */
    private static int churn(Node node, Random random, int steps) throws IOException {
        int torn = 0;
        try (WireClient client = new WireClient(node.port())) {
            for (int i = 0; i < steps; i++) {
                String key = "k" + random.nextInt(4);
                String value = Character.toString('a' + random.nextInt(26)).repeat(200);
                switch (random.nextInt(8)) {
                    case 0 -> assertThat(client.ask("delete " + key)).matches("DELETED|NOT_FOUND");
                    case 1 -> assertThat(client.ask("flush_all")).isEqualTo("OK");
                    case 2, 3 -> assertThat(client.ask(set(key, value))).isEqualTo("STORED");
                    case 4 -> client.ask("ms %s 200 ME\r\n%s".formatted(key, value));
                    default -> torn += isWhole(get(client, key)) ? 0 : 1;
                }
            }
        }
        return torn;
    }

    private static boolean isWhole(String value) {
        return value.isEmpty()
                || value.length() == 200 && value.chars().allMatch(c -> c == value.charAt(0));
    }

    private static int sum(List<Future<Integer>> results)
            throws InterruptedException, ExecutionException {
        int sum = 0;
        for (Future<Integer> result : results) {
            sum += result.get();
        }
        return sum;
    }

    private static void assertHealthy(WireClient client) throws IOException {
        assertThat(client.ask(set("healthy", "yes"))).isEqualTo("STORED");
        assertThat(get(client, "healthy")).isEqualTo("yes");
    }

    private static String set(String key, String value) {
        return "set %s 0 0 %d\r\n%s".formatted(key, value.length(), value);
    }

    /** The value under a key; empty when there is none. */
    private static String get(WireClient client, String key) throws IOException {
        client.send("get " + key + "\r\n");
        return readGet(client);
    }

    private static String readGet(WireClient client) throws IOException {
        String header = client.readLine().strip();
        if (header.equals("END")) {
            return "";
        }
        int length = Integer.parseInt(header.substring(header.lastIndexOf(' ') + 1));
        String value = client.read(length);
        assertThat(client.read("\r\nEND\r\n".length())).isEqualTo("\r\nEND\r\n");
        return value;
    }

    /** Asks until the node has seen the others go. */
    private static void awaitConnections(WireClient client, int expected) throws IOException {
        int before = Integer.MAX_VALUE;
        for (int i = 0; before > expected && i < 5000; i++) {
            before = Integer.parseInt(client.stat("curr_connections"));
        }
        assertThat(before).isEqualTo(expected);
    }
}
