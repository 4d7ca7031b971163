package io.memring.server.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** What has once broken memcached, where one conversation cannot tell. */
final class CveTest {
    private static final int MAX_ARITY = 24;

    @TempDir Path directory;

    /** What clients call their items must not write lines or control a terminal in a log. */
    @Test
    void cve_2013_0179_cve_2013_7290_cve_2013_7291_verboseNode_logsNothingOfAKey()
            throws IOException {
        String key = "\0\u001b[31m%n%s${jndi:ldap://x}\u0007" + "k".repeat(220);
        try (ChildNode node = ChildNode.start(directory, "exec \"$@\"", "-vvv");
                SaslPeer peer = new SaslPeer(node.port())) {
            assertThat(peer.status(SaslPeer.set(key))).isZero();
            assertThat(peer.status(SaslPeer.frame(SaslPeer.GET, key, ""))).isZero();
            assertThat(peer.status(SaslPeer.frame(SaslPeer.DELETE, key, ""))).isZero();
            assertThat(node.errors()).doesNotContain("\u001b", "jndi", "kkkk");
        }
    }

    /** {@code case/M10-...} does this in the meta protocol, and in every build. */
    @Test
    @Tag("deep")
    void cve_2018_1000127_oneItemAskedForVeryOften_canStillBeDeleted() throws IOException {
        int times = 70_000;
        String hit = "VALUE k 0 1\r\nv\r\n";
        String frame = "\u0080\r\0\1" + "\0".repeat(7) + "\1" + "\0".repeat(12) + "k";
        int replyLength = 24 + 4 + "kv".length();
        try (LocalNode node = LocalNode.start(List.of());
                WireClient text = new WireClient(node.port());
                WireClient binary = new WireClient(node.port())) {
            assertThat(text.ask("set k 0 0 1\r\nv")).isEqualTo("STORED");
            text.send("get" + " k".repeat(times) + "\r\n");
            String replies = text.read(times * hit.length());
            assertThat(replies.equals(hit.repeat(times))).isTrue();
            assertThat(text.readLine()).isEqualTo("END\r\n");
            binary.send(frame.repeat(times));
            String first = binary.read(replyLength);
            String others = binary.read((times - 1) * replyLength);
            assertThat(others.equals(first.repeat(times - 1))).isTrue();
            assertThat(text.ask("delete k")).isEqualTo("DELETED");
            assertThat(text.ask("mg k v")).isEqualTo("EN");
        }
    }

    /** Many references to one item, and nobody who reads them. */
    @Test
    void cve_2018_1000127_manyReadersOfOneItem_whoDoNotRead_holdUpNobody() throws IOException {
        try (Node node = Node.start(List.of("-m", "64"));
                WireClient healthy = new WireClient(node.port())) {
            assertThat(healthy.ask("set k 0 0 1\r\nv")).isEqualTo("STORED");
            List<WireClient> deaf = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                WireClient client = new WireClient(node.port());
                client.send("get" + " k".repeat(1000) + "\r\n");
                deaf.add(client);
            }
            assertThat(healthy.ask("delete k")).isEqualTo("DELETED");
            assertThat(healthy.ask("mg k v")).isEqualTo("EN");
            for (WireClient client : deaf) {
                client.reset();
            }
            assertThat(healthy.ask("set k 0 0 1\r\nw")).isEqualTo("STORED");
        }
    }

    /** Every command about the node with any number of arguments has one reply, and it is text. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "lru",
                "lru mode",
                "lru tune",
                "lru temp_ttl",
                "lru_crawler",
                "lru_crawler enable",
                "lru_crawler sleep",
                "lru_crawler crawl",
                "slabs",
                "slabs reassign",
                "slabs automove",
                "verbosity",
                "cache_memlimit",
                "flush_all",
                "watch",
                "extstore",
                "refresh_certs",
                "shutdown",
                "debugtime",
                "version"
            })
    void cve_2019_11596_anyNumberOfArguments_isAnswered(String command) throws IOException {
        try (LocalNode node = LocalNode.start(List.of());
                WireClient client = new WireClient(node.port())) {
            for (int arity = 0; arity <= MAX_ARITY; arity++) {
                for (String argument : List.of(" x", " 0", " 18446744073709551615")) {
                    String line = command + argument.repeat(arity);
                    assertThat(client.ask(line)).as(line).isNotEmpty();
                    assertThat(client.ask("mn")).as("after %s", line).isEqualTo("MN");
                }
            }
        }
    }

    @Test
    void cve_2019_15026_connsOfAUnixSocket_areListed() throws IOException {
        Path path = directory.resolve("socket");
        try (LocalNode node = LocalNode.start(List.of("-s", path.toString()));
                SocketChannel leaving = connect(path);
                SocketChannel client = connect(path)) {
            leaving.shutdownOutput();
            client.write(ByteBuffer.wrap("stats conns\r\n".getBytes(StandardCharsets.US_ASCII)));
            String listed = readUntil(client, "END\r\n");
            assertThat(listed).contains(path.toString());
            assertThat(listed.lines()).allMatch(line -> line.matches("STAT \\d+:\\w+ .*|END"));
            assertThat(node.port()).isZero();
        }
    }

    private static SocketChannel connect(Path path) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(path));
        return channel;
    }

    private static String readUntil(SocketChannel channel, String end) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(4096);
        while (!text.toString(StandardCharsets.US_ASCII).endsWith(end)) {
            assertThat(channel.read(buffer)).isPositive();
            text.write(buffer.array(), 0, buffer.position());
            buffer.clear();
        }
        return text.toString(StandardCharsets.US_ASCII);
    }

    /** What has been deleted must not live on because somebody counts it up at that moment. */
    @Test
    void commit_8caa4146a_deleteWhileOthersCount_leavesNothing() throws Exception {
        int rounds = 400;
        AtomicBoolean done = new AtomicBoolean();
        try (Node node = Node.start(List.of("-t", "4"));
                ExecutorService threads = Executors.newFixedThreadPool(2);
                WireClient client = new WireClient(node.port())) {
            List<Future<Integer>> counters = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                counters.add(threads.submit(() -> countUntil(done, node)));
            }
            for (int i = 0; i < rounds; i++) {
                assertThat(client.ask("set n 0 0 1\r\n9")).isEqualTo("STORED");
                assertThat(client.ask("delete n")).isEqualTo("DELETED");
                assertThat(client.ask("mg n v")).as("round %d", i).isEqualTo("EN");
            }
            done.set(true);
            for (Future<Integer> counter : counters) {
                assertThat(counter.get()).isPositive();
            }
        }
    }

    private static int countUntil(AtomicBoolean done, Node node) throws IOException {
        int asked = 0;
        try (WireClient client = new WireClient(node.port())) {
            while (!done.get()) {
                assertThat(client.ask("incr n 1")).matches("\\d+|NOT_FOUND");
                asked++;
            }
        }
        return asked;
    }
}
