package io.memring.server.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.memring.server.wire.Step.Manner;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.FutureTask;

/**
 * Limits, each with a healthy client beside those who go beyond it, whose answers stay right.
 * {@code TlsTest} has them for handshakes, {@link ScenarioTest} for a single never-reader and for
 * requests that come byte by byte.
 */
final class LimitsTest {
    private static final int STRANGERS = 100;
    private static final int SASL_MESSAGE = 16_000;

    /**
     * What a worker may have read at once, on top of what one connection may have waiting: three
     * times as much as is seen, a tenth of what a flood would leave behind that is not held back.
     */
    private static final long BACKLOG_MAX = 1 << 20;

    /**
     * So long that nobody reaches it while a machine stands still: tests move the clock instead.
     */
    private static final int TIMEOUT_SECONDS = 60;

    /** Single bytes that each stranger sends until his time is over. */
    private static final int PIECES_IN_TIME = 160;

    @TempDir Path directory;

    /** Who takes his time with the name and the password is a stranger for as long. */
    @Test
    void slowLoris_inASaslMessage_isGivenUpAndHoldsUpNobody() throws IOException {
        byte[] frame = SaslPeer.frame(SaslPeer.AUTH, "PLAIN", "x".repeat(SASL_MESSAGE));
        String options = "auth_timeout=2,auth_failures=0,sasl_file=" + users();
        try (LocalNode node = LocalNode.start(List.of("-S", "-o", options));
                SaslPeer healthy = new SaslPeer(node.port())) {
            assertThat(healthy.status(SaslPeer.plain("foo", "bar"))).isZero();
            List<SaslPeer> slow = new ArrayList<>();
            for (int i = 0; i < STRANGERS; i++) {
                slow.add(new SaslPeer(node.port()));
            }
            int sent = 0;
            while (Integer.parseInt(healthy.stat("curr_connections")) > 1) {
                byte[] piece = Arrays.copyOfRange(frame, sent, sent + 1);
                for (SaslPeer client : slow) {
                    client.send(piece);
                }
                sent++;
                assertThat(healthy.status(SaslPeer.set("k" + sent))).isZero();
                assertThat(healthy.ask(SaslPeer.frame(SaslPeer.GET, "k" + sent, "")).value())
                        .isEqualTo("x");
                assertThat(sent).isLessThan(SASL_MESSAGE);
            }
            for (SaslPeer client : slow) {
                assertThat(client.read().status()).isEqualTo(SaslPeer.CLOSED);
                client.close();
            }
        }
    }

    @Test
    void slowLoris_inATextLogin_isGivenUpAndHoldsUpNobody() throws IOException {
        String login = "set a 0 0 16000\r\n" + "x".repeat(16_000);
        String options = "auth_failures=0,debug_commands,auth_timeout=" + TIMEOUT_SECONDS;
        try (LocalNode node = LocalNode.start(List.of("-Y", users().toString(), "-o", options));
                WireClient healthy = new WireClient(node.port())) {
            assertThat(healthy.ask("set a 0 0 7\r\nfoo bar")).isEqualTo("STORED");
            List<WireClient> slow = new ArrayList<>();
            for (int i = 0; i < STRANGERS; i++) {
                slow.add(new WireClient(node.port()));
            }
            awaitConnections(healthy, STRANGERS + 1);
            int sent = 0;
            while (Integer.parseInt(healthy.stat("curr_connections")) > 1) {
                if (sent == PIECES_IN_TIME) {
                    passTimeout(healthy);
                }
                for (WireClient client : slow) {
                    client.send(login.substring(sent, sent + 1));
                }
                sent++;
                assertHealthy(healthy, sent);
                assertThat(sent).isLessThan(login.length());
            }
            for (WireClient client : slow) {
                assertThat(client.isAtEnd()).isTrue();
                client.close();
            }
        }
    }

    /** Who sends faster than he is served is read no faster either: the rest waits with him. */
    @ParameterizedTest
    @ValueSource(strings = {"io_uring", "epoll", "nio"})
    void flood_ofQuietStores_isReadNoFasterThanServed(String transport) throws Exception {
        String request = "set k 0 0 100 noreply\r\n" + "x".repeat(100) + "\r\n";
        int bursts = 4;
        int requestsPerBurst = 20_000;
        try (LocalNode node = LocalNode.start(List.of("--transport", transport));
                WireClient healthy = new WireClient(node.port());
                WireClient flooding = new WireClient(node.port())) {
            FutureTask<Void> flood =
                    new FutureTask<>(
                            () -> {
                                for (int i = 0; i < bursts; i++) {
                                    flooding.send(request.repeat(requestsPerBurst));
                                }
                                return null;
                            });
            Thread.ofPlatform().start(flood);
            long stored = 0;
            while (stored < (long) bursts * requestsPerBurst) {
                long read = Long.parseLong(healthy.stat("bytes_read"));
                stored = Long.parseLong(healthy.stat("cmd_set"));
                assertThat(read - stored * request.length()).isLessThan(BACKLOG_MAX);
            }
            flood.get();
        }
    }

    private Path users() throws IOException {
        return Files.writeString(directory.resolve("users"), "foo:bar\n");
    }

    /** Half a line and half a value, each from many: what they hold is given back. */
    @Test
    void silent_withinARequest_areGivenUpAndHoldUpNobody() throws IOException {
        List<String> halves =
                List.of("get ke", "set k 0 0 100000\r\nxxxx", "ms k 5 T", "\u0080\1\0\1\b");
        String options = "debug_commands,idle_timeout=" + TIMEOUT_SECONDS;
        try (LocalNode node = LocalNode.start(List.of("-o", options));
                WireClient healthy = new WireClient(node.port())) {
            List<WireClient> silent = new ArrayList<>();
            for (int i = 0; i < STRANGERS; i++) {
                WireClient client = new WireClient(node.port());
                client.send(halves.get(i % halves.size()));
                silent.add(client);
            }
            awaitConnections(healthy, STRANGERS + 1);
            passTimeout(healthy);
            int asked = 0;
            while (Integer.parseInt(healthy.stat("curr_connections")) > 1) {
                assertHealthy(healthy, asked++);
            }
            for (WireClient client : silent) {
                assertThat(client.isAtEnd()).isTrue();
                client.close();
            }
            assertThat(healthy.stat("idle_kicks")).isEqualTo(String.valueOf(STRANGERS));
            assertThat(healthy.stat("curr_items")).isEqualTo("1");
        }
    }

    /** Many who do not read, in each protocol, much more than would fit into memory. */
    @Test
    void neverReaders_many_areGivenUpAndHoldUpNobody() throws IOException {
        String value = "v".repeat(500_000);
        String binary = "\u0080\0\0\5" + "\0".repeat(7) + "\5" + "\0".repeat(12) + "large";
        List<String> requests = List.of("get large\r\n", "mg large v\r\n", binary);
        try (LocalNode node = LocalNode.start(List.of("-o", "write_timeout=1"));
                WireClient healthy = new WireClient(node.port())) {
            assertThat(healthy.ask("set large 0 0 500000\r\n" + value)).isEqualTo("STORED");
            List<WireClient> deaf = new ArrayList<>();
            for (int i = 0; i < STRANGERS / 4; i++) {
                WireClient client = new WireClient(node.port());
                client.send(requests.get(i % requests.size()).repeat(100));
                deaf.add(client);
            }
            int asked = 0;
            while (Integer.parseInt(healthy.stat("curr_connections")) > 1) {
                assertHealthy(healthy, asked++);
            }
            assertThat(healthy.ask("mg large s")).isEqualTo("HD s500000");
            for (WireClient client : deaf) {
                client.close();
            }
        }
    }

    /** Ten times as many as there may be, again and again: each is told, and nobody is lost. */
    @Test
    void floods_ofTenTimesTheLimit_areTurnedAwayAndEnd() throws IOException {
        int limit = 30;
        try (LocalNode node = LocalNode.start(List.of("-c", String.valueOf(limit)));
                WireClient healthy = new WireClient(node.port())) {
            assertThat(healthy.ask("mn")).isEqualTo("MN");
            for (int round = 0; round < 3; round++) {
                List<WireClient> flood = new ArrayList<>();
                for (int i = 0; i < 10 * limit; i++) {
                    flood.add(new WireClient(node.port()));
                }
                int served = 0;
                for (WireClient client : flood) {
                    String reply = client.ask("mn");
                    assertThat(reply).isIn("MN", "ERROR Too many open connections", "");
                    served += reply.equals("MN") ? 1 : 0;
                    assertHealthy(healthy, served);
                }
                assertThat(served).isEqualTo(limit - 1);
                for (WireClient client : flood) {
                    client.leave(Manner.RESET);
                }
                awaitConnections(healthy, 1);
            }
            try (WireClient late = new WireClient(node.port())) {
                assertHealthy(late, 0);
            }
        }
    }

    private static void assertHealthy(WireClient client, int number) throws IOException {
        String value = "value" + number;
        assertThat(client.ask("set healthy 0 0 %d\r\n%s".formatted(value.length(), value)))
                .isEqualTo("STORED");
        assertThat(client.ask("mg healthy v")).isEqualTo("VA " + value.length());
        assertThat(client.readLine()).isEqualTo(value + "\r\n");
    }

    /**
     * All but the client that asks for it, whose request this is, have then been silent too long.
     */
    private static void passTimeout(WireClient client) throws IOException {
        assertThat(client.ask("debugtime " + (TIMEOUT_SECONDS + 1))).isEqualTo("OK");
    }

    /** Asks until the node has seen the others come, or go. */
    private static void awaitConnections(WireClient client, int expected) throws IOException {
        while (Integer.parseInt(client.stat("curr_connections")) != expected) {
            assertHealthy(client, expected);
        }
    }
}
