package io.memring.server.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Cases O1 to O11, those that a transcript cannot tell: a node whose resources run out. */
final class ResourceCasesTest {
    private static final String NO_MEMORY = "SERVER_ERROR out of memory storing object";
    private static final String TOO_MANY = "ERROR Too many open connections";
    private static final String TOO_LARGE = "SERVER_ERROR object too large for cache";
    private static final String BAD_FORMAT = "CLIENT_ERROR bad command line format";
    private static final int BATCH = 1000;
    private static final String SMALL_VALUE = "x".repeat(100);
    private static final String LARGE_VALUE = "x".repeat(500_000);

    @Test
    void o1_fullWithoutEviction_refusesAndDropsTheOldValue() throws IOException {
        try (Node node = Node.start(List.of("-M", "-m", "8"));
                WireClient client = new WireClient(node.port())) {
            assertThat(client.ask(set("victim", "small"))).isEqualTo("STORED");
            assertThat(fill(client, LARGE_VALUE)).isEqualTo(NO_MEMORY);
            assertThat(client.ask(set("victim", LARGE_VALUE))).isEqualTo(NO_MEMORY);
            assertThat(client.ask("mg victim v")).isEqualTo("EN");
            assertThat(client.ask("mg key0 s")).isEqualTo("HD s500000");
            assertThat(client.ask("ms key0 500000 MR\r\n" + LARGE_VALUE)).isEqualTo(NO_MEMORY);
            assertThat(client.ask("mg key0 s")).isEqualTo("EN");
            assertThat(client.ask(set("again", LARGE_VALUE))).isEqualTo("STORED");
            assertThat(client.stat("evictions")).isEqualTo("0");
            assertThat(client.stat("store_no_memory")).isEqualTo("3");
        }
    }

    /** Uploads in progress hold their memory; what finds none is refused before it is read. */
    @Test
    void o2_unfinishedUploadsTakeTheMemory_othersAreRefusedInStep() throws IOException {
        try (Node node = Node.start(List.of("-M", "-m", "8"))) {
            List<WireClient> uploads = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                WireClient upload = new WireClient(node.port());
                upload.send("set upload" + i + " 0 0 500000\r\nbegin");
                uploads.add(upload);
            }
            String rest = LARGE_VALUE.substring("begin".length());
            Set<String> replies = new HashSet<>();
            for (WireClient upload : uploads) {
                replies.add(upload.ask(rest));
                assertThat(upload.ask("mn")).isEqualTo("MN");
            }
            assertThat(replies).containsExactlyInAnyOrder("STORED", NO_MEMORY);
            closeAll(uploads);
        }
    }

    @Test
    void o3_noMemoryForANewNumber_saysSo() throws IOException {
        try (Node node = Node.start(List.of("-M", "-m", "2"));
                WireClient client = new WireClient(node.port())) {
            fillUp(client);
            Set<String> replies = new HashSet<>();
            for (int i = 0; i < 500; i++) {
                replies.add(client.ask("ma fresh%d N0 J1%s".formatted(i, "0".repeat(18))));
            }
            assertThat(replies)
                    .contains("SERVER_ERROR Out of memory allocating new item")
                    .isSubsetOf("HD", "SERVER_ERROR Out of memory allocating new item");
            assertThat(client.ask("mn")).isEqualTo("MN");
        }
    }

    /** memcached answers when it has dropped the value. */
    @Test
    void refusedValue_isAnsweredBeforeItComes() throws IOException {
        assumeFalse(Node.isPeer());
        try (Node node = Node.start(List.of());
                WireClient client = new WireClient(node.port())) {
            assertThat(client.ask("set k 0 0 2000000")).isEqualTo(TOO_LARGE);
            assertThat(client.ask("x".repeat(2_000_000) + "\r\nmn")).isEqualTo("MN");
            assertThat(client.ask("set k x 0 1")).isEqualTo(BAD_FORMAT);
            assertThat(client.ask("x\r\nmn")).isEqualTo("MN");
        }
    }

    @Test
    void o6_overTheConnectionLimit_isToldAndClosed() throws IOException {
        try (Node node = Node.start(List.of("-c", "100"))) {
            List<WireClient> clients = new ArrayList<>();
            String reply = "";
            while (!reply.equals(TOO_MANY) && clients.size() <= 100) {
                WireClient client = new WireClient(node.port());
                reply = client.ask("mn");
                clients.add(client);
            }
            assertThat(reply).isEqualTo(TOO_MANY);
            assertThat(clients.removeLast().isAtEnd()).isTrue();
            for (WireClient client : clients) {
                assertThat(client.ask("mn")).isEqualTo("MN");
            }
            assertThat(Integer.parseInt(clients.getFirst().stat("rejected_connections")))
                    .isPositive();
            clients.removeLast().close();
            assertThat(askWhenThereIsRoom(node)).isEqualTo("MN");
            closeAll(clients);
        }
    }

    @Test
    void o8_moreThanItsTurnInOnePacket_yieldsToOthers() throws IOException {
        try (Node node = Node.start(List.of("-R", "5"));
                WireClient client = new WireClient(node.port())) {
            client.send("get none\r\n".repeat(100));
            assertThat(client.read(100 * "END\r\n".length())).isEqualTo("END\r\n".repeat(100));
            assertThat(Integer.parseInt(client.stat("conn_yields"))).isPositive();
        }
    }

    @Test
    void o9_idleTimeout_closesTheSilentAndNobodyElse() throws IOException {
        try (Node node = Node.start(List.of("-o", "idle_timeout=3"));
                WireClient silent = new WireClient(node.port());
                WireClient active = new WireClient(node.port())) {
            assertThat(silent.ask("mn")).isEqualTo("MN");
            long kicks = 0;
            while (kicks == 0) {
                kicks = Long.parseLong(active.stat("idle_kicks"));
            }
            assertThat(silent.isAtEnd()).isTrue();
            assertThat(active.ask("mn")).isEqualTo("MN");
        }
    }

    /** memcached never times out a client that is in the middle of a value. */
    @Test
    void o9_idleTimeout_closesAHalfSentRequest() throws IOException {
        assumeFalse(Node.isPeer());
        try (Node node = Node.start(List.of("-o", "idle_timeout=1"));
                WireClient inLine = new WireClient(node.port());
                WireClient inValue = new WireClient(node.port())) {
            inLine.send("get k");
            inValue.send("set k 0 0 100\r\nabc");
            assertThat(inLine.isAtEnd()).isTrue();
            assertThat(inValue.isAtEnd()).isTrue();
            try (WireClient next = new WireClient(node.port())) {
                assertThat(next.ask("mg k v")).isEqualTo("EN");
            }
        }
    }

    /** Single bytes keep nobody who ends no request; whoever sends a value may take his time. */
    @Test
    void o9_idleTimeout_closesAnEndlessLineButNoSlowValue() throws IOException {
        assumeFalse(Node.isPeer());
        try (Node node = Node.start(List.of("-t", "1", "-o", "idle_timeout=10,debug_commands"));
                WireClient inLine = new WireClient(node.port());
                WireClient inValue = new WireClient(node.port());
                WireClient clock = new WireClient(node.port())) {
            inLine.send("get k");
            inValue.send("set k 0 0 4\r\n");
            for (int i = 0; i < 4; i++) {
                assertThat(clock.ask("debugtime 4")).isEqualTo("OK");
                inLine.send("k");
                inValue.send("v");
                assertThat(clock.ask("mn")).isEqualTo("MN");
            }
            assertThat(inLine.isAtEnd()).isTrue();
            assertThat(inValue.ask("")).isEqualTo("STORED");
            assertThat(clock.stat("idle_kicks")).isEqualTo("1");
        }
    }

    @Test
    void o10_neverReader_holdsUpNobody() throws IOException {
        try (Node node = Node.start(List.of("-m", "64"));
                WireClient deaf = new WireClient(node.port());
                WireClient healthy = new WireClient(node.port())) {
            String value = "v".repeat(1_000_000);
            assertThat(healthy.ask(set("large", value))).isEqualTo("STORED");
            deaf.send("get large\r\n".repeat(1000));
            for (int i = 0; i < 200; i++) {
                assertThat(healthy.ask(set("k" + i, SMALL_VALUE))).isEqualTo("STORED");
                assertThat(healthy.ask("mg k%d s".formatted(i))).isEqualTo("HD s100");
            }
            assertThat(healthy.ask("delete large")).isEqualTo("DELETED");
            deaf.reset();
            assertThat(healthy.ask(set("large", value))).isEqualTo("STORED");
        }
    }

    @Test
    void o10_neverReader_isGivenUpInTheEnd() throws IOException {
        assumeFalse(Node.isPeer());
        try (Node node = Node.start(List.of("-o", "write_timeout=1"));
                WireClient deaf = new WireClient(node.port());
                WireClient healthy = new WireClient(node.port())) {
            String value = "v".repeat(1_000_000);
            assertThat(healthy.ask(set("large", value))).isEqualTo("STORED");
            deaf.send("get large\r\n".repeat(200));
            String connections = "2";
            while (connections.equals("2")) {
                connections = healthy.stat("curr_connections");
            }
            assertThat(connections).isEqualTo("1");
        }
    }

    private static String set(String key, String value) {
        return "set %s 0 0 %d\r\n%s".formatted(key, value.length(), value);
    }

    /** Stores under key0, key1, ... until something else than STORED comes back. */
    private static String fill(WireClient client, String value) throws IOException {
        String reply = "STORED";
        for (int i = 0; reply.equals("STORED") && i < 1000; i++) {
            reply = client.ask(set("key" + i, value));
        }
        return reply;
    }

    /** Fills every corner: small items, until a whole batch of them has been refused. */
    private static void fillUp(WireClient client) throws IOException {
        boolean room = true;
        for (int batch = 0; room; batch++) {
            StringBuilder requests = new StringBuilder();
            for (int i = 0; i < BATCH; i++) {
                String key = "key%d-%d".formatted(batch, i);
                requests.append(set(key, "1" + "0".repeat(18))).append("\r\n");
            }
            client.send(requests.toString());
            room = false;
            for (int i = 0; i < BATCH; i++) {
                room |= client.readLine().equals("STORED\r\n");
            }
        }
    }

    private static String askWhenThereIsRoom(Node node) throws IOException {
        String reply = TOO_MANY;
        for (int attempt = 0; reply.equals(TOO_MANY) && attempt < 1000; attempt++) {
            try (WireClient client = new WireClient(node.port())) {
                reply = client.ask("mn");
            }
        }
        return reply;
    }

    private static void closeAll(List<WireClient> clients) throws IOException {
        for (WireClient client : clients) {
            client.close();
        }
    }
}
