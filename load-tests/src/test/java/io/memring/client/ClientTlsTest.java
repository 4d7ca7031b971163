package io.memring.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.memring.client.discovery.Discovery;
import io.memring.client.error.Outcome;
import io.memring.client.error.TlsException;
import io.memring.client.ring.Node;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.pkitesting.X509Bundle;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;

import javax.net.ssl.SNIHostName;

/** The client over TLS: whom it believes, and what it says when it does not. */
@Timeout(60)
final class ClientTlsTest {
    private static final Duration PATIENT = Duration.ofSeconds(20);
    private static final Ttl MINUTE = Ttl.of(Duration.ofMinutes(1));
    private static final String HOST = "node.cache.test";

    private static final TestAuthority AUTHORITY = new TestAuthority("authority");
    private static final TestAuthority STRANGER = new TestAuthority("stranger");

    @TempDir Path folder;

    private TestNode node(X509Bundle certificate) throws IOException {
        return node(0, certificate, null);
    }

    private TestNode node(int port, X509Bundle certificate, @Nullable Path clients)
            throws IOException {
        Path chain = TestAuthority.write(folder, "node.crt", certificate.getCertificatePathPEM());
        Path key = TestAuthority.write(folder, "node.key", certificate.getPrivateKeyPEM());
        return TestNode.start(port, new TestNode.Tls(chain, key, clients));
    }

    /** A client that finds every host here. */
    private HashRingBuilder client(String host, TestNode... nodes) throws IOException {
        HashRingBuilder builder =
                HashRing.builder()
                        .operationTimeout(PATIENT)
                        .connectTimeout(PATIENT)
                        .hostLookup(name -> List.of(InetAddress.getLoopbackAddress()))
                        .tls(AUTHORITY.file(folder));
        for (TestNode node : nodes) {
            builder.node(Node.of(host, node.port()));
        }
        return builder;
    }

    private static TlsException refused(HashRing client) {
        return catchThrowableOfType(TlsException.class, () -> client.sync().get("key"));
    }

    @ParameterizedTest
    @EnumSource(
            value = SslProvider.class,
            names = {"JDK", "OPENSSL"})
    void operations_overTls_work(SslProvider provider) throws IOException {
        try (TestNode node = node(AUTHORITY.node(HOST));
                HashRing client =
                        client(HOST, node)
                                .tls(
                                        SslContextBuilder.forClient()
                                                .sslProvider(provider)
                                                .trustManager(AUTHORITY.file(folder).toFile())
                                                .build())
                                .build()) {
            String large = "x".repeat(500_000);
            client.sync().set("key", large, MINUTE);

            assertThat(client.sync().get("key")).contains(large);
            assertThat(client.sync().getAll(List.of("key", "none")).misses())
                    .containsExactly("none");
            assertThat(client.admin().stats().orThrow()).hasSize(1);
        }
    }

    @Test
    void certificate_ofAnotherHost_isRefused() throws IOException {
        try (TestNode node = node(AUTHORITY.node("other.cache.test"));
                HashRing client = client(HOST, node).build()) {
            TlsException refused = refused(client);

            assertThat(refused.node()).isEqualTo(HOST + ":" + node.port());
            assertThat(refused.outcome()).isEqualTo(Outcome.NOT_SENT);
            assertThat(refused).hasMessageContainingAll("get on " + refused.node(), "no TLS", HOST);
        }
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, true", "127.0.0.2, false"})
    void certificate_ofAnAddress_isGoodForThisAddress(String address, boolean good)
            throws IOException {
        try (TestNode node = node(AUTHORITY.nodeAt(address));
                HashRing client = client("127.0.0.1", node).build()) {
            if (good) {
                assertThat(client.sync().get("key")).isEmpty();
            } else {
                assertThat(refused(client)).hasMessageContaining("127.0.0.1");
            }
        }
    }

    @Test
    void certificate_ofAnUnknownAuthority_isRefused() throws IOException {
        try (TestNode node = node(STRANGER.node(HOST));
                HashRing client = client(HOST, node).build()) {
            assertThat(refused(client)).hasMessageContaining("unable to find valid certification");
        }
    }

    @Test
    void certificate_thatHasExpired_isRefused() throws IOException {
        try (TestNode node = node(AUTHORITY.expired(HOST));
                HashRing client = client(HOST, node).build()) {
            assertThat(refused(client)).hasMessageContaining("CertificateExpiredException");
        }
    }

    @Test
    void node_withoutTls_isRefused() throws IOException {
        try (TestNode node = TestNode.start();
                HashRing client =
                        client(HOST, node).connectTimeout(Duration.ofMillis(300)).build()) {
            assertThat(refused(client)).hasMessageContaining("no TLS");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = SslProvider.class,
            names = {"JDK", "OPENSSL"})
    void serverName_isShown(SslProvider provider) throws Exception {
        SslContextBuilder context =
                SslContextBuilder.forClient()
                        .sslProvider(provider)
                        .trustManager(AUTHORITY.file(folder).toFile());
        try (TlsPeer peer = new TlsPeer(AUTHORITY.node(HOST), line -> "MN\r\n");
                HashRing client =
                        client(HOST)
                                .node(Node.of(HOST, peer.port()))
                                .tls(context.build())
                                .build()) {
            assertThat(client.awaitReady(PATIENT)).isTrue();
            assertThat(peer.namesAskedFor()).containsExactly(new SNIHostName(HOST));
        }
    }

    private TestNode nodeForFriends() throws IOException {
        return node(0, AUTHORITY.node(HOST), AUTHORITY.file(folder));
    }

    private HashRing showing(X509Bundle certificate, TestNode node) throws IOException {
        return client(HOST, node)
                .tls(
                        AUTHORITY.file(folder),
                        TestAuthority.write(folder, "own.crt", certificate.getCertificatePathPEM()),
                        TestAuthority.write(folder, "own.key", certificate.getPrivateKeyPEM()))
                .build();
    }

    @Test
    void mutualTls_knownClient_isLetIn() throws IOException {
        try (TestNode node = nodeForFriends();
                HashRing client = showing(AUTHORITY.client("alice"), node)) {
            client.sync().set("key", "value", MINUTE);
            assertThat(client.sync().get("key")).contains("value");
        }
    }

    @Test
    void mutualTls_strangerOrNobody_hearsWhy() throws IOException {
        try (TestNode node = nodeForFriends();
                HashRing stranger = showing(STRANGER.client("mallory"), node);
                HashRing nobody = client(HOST, node).build()) {
            for (HashRing client : List.of(stranger, nobody)) {
                assertThat(refused(client)).hasMessageContaining("no TLS");
            }
        }
    }

    @Test
    void connection_thatBreaks_isMadeAnewOverTls() throws Exception {
        Semaphore ready = new Semaphore(0);
        ClientListener listener =
                new ClientListener() {
                    @Override
                    public void nodeState(
                            Node node, NodeState from, NodeState to, @Nullable Throwable cause) {
                        if (to == NodeState.READY) {
                            ready.release();
                        }
                    }
                };
        TestNode first = node(AUTHORITY.node(HOST));
        try (HashRing client = client(HOST, first).listener(listener).build()) {
            client.sync().set("key", "first", MINUTE);
            ready.acquire();
            first.close();
            try (TestNode second = node(first.port(), AUTHORITY.node(HOST), null)) {
                ready.acquire();
                assertThat(client.sync().get("key")).isEmpty();
                assertThat(second.port()).isEqualTo(first.port());
            }
        }
    }

    private static String endpoint(String line, int nodePort) {
        String list = "1\n" + HOST + "|127.0.0.1|" + nodePort + "\n";
        return switch (line) {
            case "version" -> "VERSION 1.6.12\r\n";
            case "config get cluster" ->
                    "CONFIG cluster 0 " + list.length() + "\r\n" + list + "\r\nEND\r\n";
            default -> "ERROR\r\n";
        };
    }

    @Test
    void elastiCache_endpoint_isAskedOverTls() throws Exception {
        try (TestNode node = node(AUTHORITY.node(HOST));
                TlsPeer peer =
                        new TlsPeer(AUTHORITY.node(HOST), line -> endpoint(line, node.port()));
                HashRing client =
                        client(HOST)
                                .discovery(Discovery.ofElastiCache(HOST, peer.port()))
                                .build()) {
            client.sync().set("key", "value", MINUTE);

            assertThat(client.sync().get("key")).contains("value");
            assertThat(client.ring().nodes()).containsExactly(Node.of(HOST, node.port()));
        }
    }

    @Test
    void elastiCache_endpointOfAStranger_isNotBelieved() throws Exception {
        List<Exception> failures = new CopyOnWriteArrayList<>();
        ClientListener listener =
                new ClientListener() {
                    @Override
                    public void discoveryFailed(Exception failure) {
                        failures.add(failure);
                    }
                };
        try (TlsPeer peer = new TlsPeer(STRANGER.node(HOST), line -> endpoint(line, 1));
                HashRing client =
                        client(HOST)
                                .node(Node.of(HOST, 1))
                                .listener(listener)
                                .discovery(Discovery.ofElastiCache(HOST, peer.port()))
                                .build()) {
            assertThat(client.ring().nodes()).containsExactly(Node.of(HOST, 1));
            assertThat(failures).hasSize(1);
            assertThat(failures.get(0)).hasCauseInstanceOf(TlsException.class);
        }
    }
}
