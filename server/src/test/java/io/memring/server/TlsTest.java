package io.memring.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memring.server.tls.TestCertificates.Identity;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/** What clients of a node with {@code -Z} meet. */
class TlsTest {

    private static final String[] SSL_STATS = {
        "log_watchers",
        "ssl_handshake_errors",
        "ssl_proto_errors",
        "time_since_server_cert_refresh",
        "unexpected_napi_ids"
    };

    private static final int MAX_LOOKS = 20_000;

    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource({
        "native, TLSv1.3, io_uring",
        "native, TLSv1.2, io_uring",
        "native, TLSv1.3, epoll",
        "native, TLSv1.3, nio",
        "jdk, TLSv1.3, auto",
        "jdk, TLSv1.2, nio",
    })
    void requests_anyProviderAndTransport_areServed(String provider, String tls, String transport)
            throws IOException {
        String options = "-o ssl_provider=%s --transport %s".formatted(provider, transport);
        try (TlsNode node = TlsNode.start(folder, options);
                SSLSocket socket = node.connect(TlsNode.clientContext(null), tls);
                TestClient client = TestClient.over(socket)) {
            assertThat(socket.getSession().getProtocol()).isEqualTo(tls);
            assertServes(client);
        }
    }

    private static void assertServes(TestClient client) {
        String value = "x".repeat(300_000);
        assertThat(client.ask("set key 0 0 300000\r\n" + value)).isEqualTo("STORED");
        for (int i = 0; i < 5; i++) {
            assertThat(client.ask("get key")).isEqualTo("VALUE key 0 300000");
            assertThat(client.readLine()).isEqualTo(value);
            assertThat(client.readLine()).isEqualTo("END");
        }
    }

    /** Requests that end anywhere within a record, and records that hold many of them. */
    @Test
    void requests_acrossRecords_areAllAnswered() throws IOException {
        try (TlsNode node = TlsNode.start(folder, "");
                TestClient client = node.client()) {
            String request = "set pipelined 0 0 1000\r\n" + "v".repeat(1000) + "\r\n";
            for (int batch = 1; batch <= 64; batch *= 2) {
                client.send(request.repeat(batch));
                for (int i = 0; i < batch; i++) {
                    assertThat(client.readLine()).isEqualTo("STORED");
                }
            }
            for (int i = 0; i < request.length(); i += 100) {
                client.send(request.substring(i, Math.min(request.length(), i + 100)));
            }
            assertThat(client.readLine()).isEqualTo("STORED");
        }
    }

    @Test
    void quit_overTls_endsTheConnection() throws IOException {
        try (TlsNode node = TlsNode.start(folder, "");
                TestClient client = node.client()) {
            client.send("quit\r\n");
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @Test
    void minVersion_olderClient_isRefused() throws IOException {
        try (TlsNode node = TlsNode.start(folder, "-o ssl_min_version=3")) {
            SSLContext context = TlsNode.clientContext(null);
            assertThatThrownBy(() -> node.connect(context, "TLSv1.2"))
                    .isInstanceOf(SSLException.class);
            try (TestClient client = TestClient.over(node.connect(context, "TLSv1.3"))) {
                assertThat(client.ask("mn")).isEqualTo("MN");
                awaitStat(client, "ssl_handshake_errors", "1");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "native, ECDHE-ECDSA-AES128-GCM-SHA256, TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
        "native, HIGH:!AES256:!CHACHA20, TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
        "jdk, ECDHE-ECDSA-AES128-GCM-SHA256, TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
    })
    void ciphers_ofTheList_areUsed(String provider, String list, String suite) throws IOException {
        String options = "-o ssl_provider=%s,ssl_ciphers=%s".formatted(provider, list);
        try (TlsNode node = TlsNode.start(folder, options)) {
            SSLContext context = TlsNode.clientContext(null);
            try (SSLSocket socket = node.connect(context, "TLSv1.2")) {
                assertThat(socket.getSession().getCipherSuite()).isEqualTo(suite);
            }
            try (SSLSocket socket = node.connect(context, "TLSv1.3")) {
                assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.3");
            }
        }
    }

    // Certificates of clients.

    @ParameterizedTest
    @CsvSource({
        "native, 0, none, true",
        "native, 0, stranger, true",
        "native, 1, none, true",
        "native, 1, known, true",
        "native, 1, stranger, false",
        "native, 2, none, false",
        "native, 2, known, true",
        "native, 2, stranger, false",
        "native, 2, expired, false",
        "native, 3, known, true",
        "native, 3, none, false",
        "jdk, 1, none, true",
        "jdk, 2, known, true",
        "jdk, 2, none, false",
        "jdk, 2, stranger, false",
    })
    void verifyMode_client_isServedOrNot(String provider, int mode, String client, boolean isServed)
            throws IOException {
        String options = "-o ssl_provider=%s,ssl_verify_mode=%d".formatted(provider, mode);
        try (TlsNode node = TlsNode.start(folder, options)) {
            InetSocketAddress address = node.server.address();
            assertThat(isServed(address, identity(client))).isEqualTo(isServed);
        }
    }

    private static @Nullable Identity identity(String kind) {
        return switch (kind) {
            case "known" -> TlsNode.CLIENT;
            case "stranger" -> TlsNode.STRANGER;
            case "expired" -> TlsNode.AUTHORITY.signExpired("late");
            default -> null;
        };
    }

    /**
     * With TLS 1.3 a client learns that it is refused only when it reads, or when it is still
     * writing while the node closes.
     */
    private static boolean isServed(InetSocketAddress address, @Nullable Identity identity)
            throws IOException {
        try (TestClient client =
                TestClient.over(TlsNode.connect(address, TlsNode.clientContext(identity)))) {
            return client.ask("mn").equals("MN");
        } catch (SSLException | SocketException _) {
            return false;
        } catch (UncheckedIOException e) {
            assertThat(e).hasRootCauseInstanceOf(IOException.class);
            return false;
        }
    }

    @Test
    void listeners_withPrefixes_differInWhatTheyAsk() throws IOException {
        String listeners = "-l notls:127.0.0.1,127.0.0.1,btls:127.0.0.1,mtls:127.0.0.1";
        try (TlsNode node = TlsNode.start(folder, listeners + " -o ssl_verify_mode=2")) {
            List<InetSocketAddress> addresses = node.server.addresses();
            try (TestClient plain = TestClient.connect(addresses.getFirst())) {
                assertThat(plain.ask("mn")).isEqualTo("MN");
            }
            assertThat(isServed(addresses.get(1), null)).isFalse();
            assertThat(isServed(addresses.get(1), TlsNode.CLIENT)).isTrue();
            assertThat(isServed(addresses.get(2), null)).isTrue();
            assertThat(isServed(addresses.get(3), null)).isFalse();
            assertThat(isServed(addresses.get(3), TlsNode.CLIENT)).isTrue();
        }
    }

    // Clients that speak something else, or nothing.

    @Test
    void plainBytes_onATlsPort_endTheConnectionAndAreCounted() throws IOException {
        try (TlsNode node = TlsNode.start(folder, "");
                TestClient healthy = node.client();
                TestClient plain = TestClient.connect(node.server)) {
            plain.send("get key\r\n");
            String rest = plain.readLine();
            assertThat(rest).doesNotContain("END");
            awaitStat(healthy, "ssl_handshake_errors", "1");
            assertThat(healthy.stats("stats")).containsEntry("ssl_proto_errors", "0");
        }
    }

    @Test
    void garbage_afterTheHandshake_endsTheConnectionAndIsCounted() throws IOException {
        try (TlsNode node = TlsNode.start(folder, "");
                TestClient healthy = node.client();
                Socket raw = new Socket(node.server.address().getAddress(), node.server.port())) {
            SSLSocket tls =
                    (SSLSocket)
                            TlsNode.clientContext(null)
                                    .getSocketFactory()
                                    .createSocket(raw, "127.0.0.1", raw.getPort(), false);
            TestClient client = TestClient.over(tls);
            assertThat(client.ask("mn")).isEqualTo("MN");
            // Application data that nobody has encrypted. The first record is answered with an
            // alert, the second ends the connection.
            byte[] records = new byte[2 * 37];
            System.arraycopy(new byte[] {23, 3, 3, 0, 32}, 0, records, 0, 5);
            System.arraycopy(records, 0, records, 37, 5);
            raw.getOutputStream().write(records);
            assertThat(client.isAtEnd()).isTrue();
            awaitStat(healthy, "ssl_proto_errors", "1");
            assertThat(healthy.stats("stats")).containsEntry("ssl_handshake_errors", "0");
        }
    }

    @Test
    void tlsBytes_onAPlainPort_areAnUnknownCommand() throws IOException {
        try (TlsNode node = TlsNode.start(folder, "-l notls:127.0.0.1");
                TestClient client = TestClient.connect(node.server)) {
            byte[] hello = {22, 3, 1, 0, 5, 1, 0, 0, 1, 3};
            client.send(new String(hello, StandardCharsets.ISO_8859_1) + "\r\n");
            assertThat(client.readLine()).isEqualTo("ERROR");
            assertThat(client.ask("mn")).isEqualTo("MN");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"native", "jdk"})
    void handshake_tooSlow_isGivenUpAndCounted(String provider) throws IOException {
        String options = "-o ssl_handshake_timeout=3,ssl_provider=" + provider;
        try (TlsNode node = TlsNode.start(folder, options);
                TestClient healthy = node.client();
                Socket silent = new Socket(node.server.address().getAddress(), node.server.port());
                Socket slow = new Socket(node.server.address().getAddress(), node.server.port())) {
            OutputStream out = slow.getOutputStream();
            out.write(new byte[] {22, 3, 1, 2});
            assertThat(TestClient.over(slow).isAtEnd()).isTrue();
            assertThat(TestClient.over(silent).isAtEnd()).isTrue();
            assertThat(healthy.ask("mn")).isEqualTo("MN");
            awaitStat(healthy, "ssl_handshake_errors", "2");
        }
    }

    /** Slow-loris in the hello: the flood is given up, the healthy client never notices. */
    @Test
    void halfHandshakes_manyAtOnce_holdUpNobody() throws IOException {
        int clients = 200;
        try (TlsNode node = TlsNode.start(folder, "-o ssl_handshake_timeout=2 -c 1000");
                TestClient healthy = node.client()) {
            List<Socket> flood = new ArrayList<>();
            byte[] hello = {22, 3, 1, 2, 0, 1, 0, 1, (byte) 0xFC, 3, 3};
            for (int i = 0; i < clients; i++) {
                Socket slow = new Socket(node.server.address().getAddress(), node.server.port());
                slow.getOutputStream().write(hello, 0, i % hello.length);
                flood.add(slow);
                if (i % 10 == 0) {
                    assertThat(healthy.ask("mn")).isEqualTo("MN");
                    assertThat(node.nameShown()).isEqualTo("CN=first");
                }
            }
            for (Socket slow : flood) {
                assertThat(TestClient.over(slow).isAtEnd()).isTrue();
                slow.close();
            }
            awaitStat(healthy, "ssl_handshake_errors", Integer.toString(clients));
            awaitStat(healthy, "curr_connections", "1");
            assertServes(healthy);
        }
    }

    /** Signatures of RSA take their time; they are made beside the workers. */
    @ParameterizedTest
    @CsvSource({"native, TLSv1.2", "native, TLSv1.3", "jdk, TLSv1.3"})
    void handshakes_manyAtOnceWithAnRsaKey_holdUpNobody(String provider, String protocol)
            throws Exception {
        Identity server = TlsNode.AUTHORITY.sign("rsa", "RSA");
        try (TlsNode node = TlsNode.start(folder, "-t 1 -o ssl_provider=" + provider, server);
                TestClient healthy = node.client();
                ExecutorService others = Executors.newFixedThreadPool(8)) {
            List<Future<String>> names = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                names.add(others.submit(() -> nameShownBy(node, protocol)));
            }
            int asked = 0;
            while (!names.stream().allMatch(Future::isDone)) {
                assertThat(healthy.ask("mg k" + asked++)).isEqualTo("EN");
            }
            for (Future<String> name : names) {
                assertThat(name.get()).isEqualTo("CN=rsa");
            }
            assertServes(healthy);
            awaitStat(healthy, "curr_connections", "1");
        }
    }

    private static String nameShownBy(TlsNode node, String protocol) throws IOException {
        try (SSLSocket socket = node.connect(TlsNode.clientContext(null), protocol)) {
            return TlsNode.nameShown(socket);
        }
    }

    /** More connections than there may be, over TLS: told in plain text, as memcached does. */
    @Test
    void connections_overTheLimit_areTurnedAwayAndTheOthersServed() throws IOException {
        try (TlsNode node = TlsNode.start(folder, "-c 20");
                TestClient healthy = node.client()) {
            List<TestClient> flood = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                flood.add(TestClient.connect(node.server));
            }
            assertThat(flood.getLast().readLine()).isEqualTo("ERROR Too many open connections");
            assertServes(healthy);
            flood.forEach(TestClient::close);
            awaitStat(healthy, "curr_connections", "1");
            try (TestClient next = node.client()) {
                assertServes(next);
            }
        }
    }

    @Test
    void client_thatLeavesBeforeTheHandshake_isNoError() throws IOException {
        try (TlsNode node = TlsNode.start(folder, "");
                TestClient healthy = node.client()) {
            TestClient.connect(node.server).close();
            awaitStat(healthy, "curr_connections", "1");
            assertThat(healthy.stats("stats")).containsEntry("ssl_handshake_errors", "0");
        }
    }

    @Test
    void neverReader_overTls_isGivenUpAndHoldsUpNobody() throws IOException {
        try (TlsNode node = TlsNode.start(folder, "-o write_timeout=1");
                TestClient healthy = node.client();
                TestClient deaf = node.client()) {
            assertThat(healthy.ask("set large 0 0 1000000\r\n" + "v".repeat(1_000_000)))
                    .isEqualTo("STORED");
            deaf.send("get large\r\n".repeat(200));
            awaitStat(healthy, "curr_connections", "1");
        }
    }

    /** A client may see its end a moment before it is counted. */
    private static void awaitStat(TestClient client, String key, String value) {
        String now = "";
        for (int i = 0; i < MAX_LOOKS && !value.equals(now); i++) {
            now = String.valueOf(client.stats("stats").get(key));
        }
        assertThat(now).as(key).isEqualTo(value);
    }

    // Sessions.

    @ParameterizedTest
    @CsvSource({"native, TLSv1.2", "native, TLSv1.3", "jdk, TLSv1.2", "jdk, TLSv1.3"})
    void sessionCache_on_clientsResume(String provider, String protocol) throws IOException {
        String options = "-o ssl_session_cache,ssl_provider=" + provider;
        try (TlsNode node = TlsNode.start(folder, options)) {
            SSLContext context = TlsNode.clientContext(null);
            for (int i = 0; i < 3; i++) {
                try (TestClient client = TestClient.over(node.connect(context, protocol))) {
                    assertThat(client.stats("stats")).containsEntry("ssl_new_sessions", "1");
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void sessionCache_off_everySessionIsNew(String protocol) throws IOException {
        try (TlsNode node = TlsNode.start(folder, "")) {
            SSLContext context = TlsNode.clientContext(null);
            long first;
            try (SSLSocket socket = node.connect(context, protocol);
                    TestClient client = TestClient.over(socket)) {
                assertThat(client.stats("stats")).doesNotContainKey("ssl_new_sessions");
                first = socket.getSession().getCreationTime();
            }
            try (SSLSocket socket = node.connect(context, protocol)) {
                assertThat(socket.getSession().getCreationTime()).isGreaterThan(first - 1);
            }
        }
    }

    // Statistics.

    @Test
    void stats_withTls_hasMemcachedsKeysInTheirPlace() throws IOException {
        try (TlsNode node = TlsNode.start(folder, "");
                TestClient client = node.client()) {
            List<String> keys = List.copyOf(client.stats("stats").keySet());
            int start = keys.indexOf(SSL_STATS[0]);
            assertThat(keys.subList(start, start + SSL_STATS.length)).containsExactly(SSL_STATS);
        }
    }

    @Test
    void settings_withTls_areShown() throws IOException {
        String options = "-o ssl_verify_mode=1,ssl_wbuf_size=64,ssl_min_version=3";
        try (TlsNode node = TlsNode.start(folder, options);
                TestClient client = node.client()) {
            Map<String, String> settings = client.stats("stats settings");
            assertThat(settings)
                    .containsEntry("ssl_enabled", "yes")
                    .containsEntry("ssl_chain_cert", node.chain.toString())
                    .containsEntry("ssl_key", node.key.toString())
                    .containsEntry("ssl_verify_mode", "1")
                    .containsEntry("ssl_wbuf_size", "65536")
                    .containsEntry("ssl_min_version", "tlsv1.3");
        }
    }
}
