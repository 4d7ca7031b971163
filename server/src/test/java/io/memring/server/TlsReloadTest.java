package io.memring.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.memring.server.tls.TestCertificates.Identity;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** Certificates that change while a node runs. */
class TlsReloadTest {

    private static final int ROTATIONS = 30;
    private static final int CLIENTS = 3;

    @TempDir Path folder;

    @Test
    void refreshCerts_newFiles_areForNewConnections() throws IOException {
        try (TlsNode node = TlsNode.start(folder, "-o debug_commands");
                SSLSocket socket = node.connect(TlsNode.clientContext(null));
                TestClient client = TestClient.over(socket)) {
            assertThat(TlsNode.nameShown(socket)).isEqualTo("CN=first");
            TlsNode.OTHER_SERVER.write(node.chain, node.key);
            assertThat(client.ask("debugtime p")).isEqualTo("OK");
            assertThat(client.ask("debugtime 100")).isEqualTo("OK");

            assertThat(client.ask("refresh_certs")).isEqualTo("OK");
            assertThat(node.nameShown()).isEqualTo("CN=second");
            assertThat(client.ask("mn")).isEqualTo("MN");
            assertThat(client.stats("stats")).containsEntry("time_since_server_cert_refresh", "0");
        }
    }

    @Test
    void refreshCerts_brokenFiles_keepTheOldOnes() throws IOException {
        try (TlsNode node = TlsNode.start(folder, "");
                TestClient client = node.client()) {
            Files.writeString(node.key, TlsNode.OTHER_SERVER.keyPem());
            assertThat(client.ask("refresh_certs"))
                    .startsWith("Error validating the certificate: ");
            Files.writeString(node.key, TlsNode.SERVER.keyPem().substring(0, 60));
            assertThat(client.ask("refresh_certs"))
                    .startsWith("Error loading the key: " + node.key + " : ");
            Files.writeString(node.chain, "");
            assertThat(client.ask("refresh_certs"))
                    .startsWith("Error loading the certificate chain: " + node.chain + " : ");
            Files.delete(folder.resolve("ca.pem"));
            TlsNode.SERVER.write(node.chain, node.key);
            assertThat(client.ask("refresh_certs"))
                    .startsWith("Error loading the CA certificate: ");

            assertThat(node.nameShown()).isEqualTo("CN=first");
        }
    }

    @Test
    void refreshCerts_withoutTls_saysSo() {
        try (MemringServer server = MemringServer.builder().listen("127.0.0.1").port(0).start();
                TestClient client = TestClient.connect(server)) {
            assertThat(client.ask("refresh_certs")).isEqualTo("Error TLS not enabled");
        }
    }

    @Test
    void reload_asBySighup_loadsWhatIsThere() throws IOException {
        try (TlsNode node = TlsNode.start(folder, "")) {
            TlsNode.OTHER_SERVER.write(node.chain, node.key);
            node.server.reload();
            assertThat(node.nameShown()).isEqualTo("CN=second");

            Files.writeString(node.key, "");
            node.server.reload();
            assertThat(node.nameShown()).isEqualTo("CN=second");
        }
    }

    @Test
    void changedFiles_areLoadedByThemselves() throws IOException {
        try (TlsNode node = TlsNode.start(folder, "")) {
            TlsNode.OTHER_SERVER.write(node.chain, node.key);
            String shown = "";
            while (!shown.equals("CN=second")) {
                shown = node.nameShown();
            }
            assertThat(shown).isEqualTo("CN=second");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"native", "jdk"})
    void reload_underLoad_failsNoRequest(String provider) throws Exception {
        try (TlsNode node = TlsNode.start(folder, "-o ssl_provider=" + provider);
                ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
            AtomicBoolean done = new AtomicBoolean();
            List<Future<Integer>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(threads.submit(() -> requestsUntil(done, node)));
            }
            rotate(node);
            done.set(true);
            for (Future<Integer> client : clients) {
                assertThat(requests(client)).isPositive();
            }
        }
    }

    private static void rotate(TlsNode node) throws IOException {
        try (TestClient admin = node.client()) {
            for (int i = 0; i < ROTATIONS; i++) {
                Identity next = i % 2 == 0 ? TlsNode.OTHER_SERVER : TlsNode.SERVER;
                next.write(node.chain, node.key);
                assertThat(admin.ask("refresh_certs")).isEqualTo("OK");
                assertThat(node.nameShown()).isEqualTo("CN=" + next.name());
            }
        }
    }

    /** One connection that stays, and new ones all the time. */
    private static int requestsUntil(AtomicBoolean done, TlsNode node) throws IOException {
        SSLContext context = TlsNode.clientContext(null);
        int requests = 0;
        try (TestClient old = TestClient.over(node.connect(context))) {
            while (!done.get()) {
                try (TestClient client = TestClient.over(node.connect(context))) {
                    assertThat(client.ask("mn")).isEqualTo("MN");
                }
                assertThat(old.ask("mn")).isEqualTo("MN");
                requests += 2;
            }
        }
        return requests;
    }

    private static int requests(Future<Integer> client) throws InterruptedException {
        try {
            return client.get();
        } catch (ExecutionException e) {
            throw new AssertionError("a request failed", e.getCause());
        }
    }
}
