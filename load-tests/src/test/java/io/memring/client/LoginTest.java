package io.memring.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memring.client.error.AuthenticationException;
import io.memring.client.error.NodeUnavailableException;
import io.memring.client.ring.Node;
import io.memring.sasl.Mechanism;
import io.memring.server.MemringServer;
import io.memring.server.ServerBuilder;
import io.netty.pkitesting.X509Bundle;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Logins of the client: with SASL in the binary protocol, memcached's own in the text ones. */
@Timeout(60)
final class LoginTest {
    private static final Duration PATIENT = Duration.ofSeconds(20);
    private static final Ttl MINUTE = Ttl.of(Duration.ofMinutes(1));
    private static final String HOST = "node.cache.test";

    @TempDir Path folder;

    private ServerBuilder node() throws IOException {
        Path users = Files.writeString(folder.resolve("users"), "alice:pencil\nbob:a b c\n");
        return MemringServer.builder()
                .port(0)
                .memoryLimitMegabytes(16)
                .authFile(users)
                .sasl(true)
                .saslFile(users);
    }

    private static HashRingBuilder client(MemringServer node, Protocol protocol) {
        return HashRing.builder()
                .node(Node.of(HOST, node.port()))
                .hostLookup(host -> List.of(InetAddress.getLoopbackAddress()))
                .operationTimeout(PATIENT)
                .bulkTimeout(PATIENT)
                .connectTimeout(PATIENT)
                .protocol(protocol);
    }

    private static void assertServed(HashRing client) {
        client.sync().set("key", "value", MINUTE);
        assertThat(client.sync().get("key")).contains("value");
    }

    private static Map<String, String> stats(MemringServer node) {
        try (HashRing admin = client(node, Protocol.META).credentials("bob", "a b c").build()) {
            return admin.admin().stats().orThrow().values().iterator().next();
        }
    }

    @ParameterizedTest
    @EnumSource
    void rightPassword_anyProtocol_isLetIn(Protocol protocol) throws IOException {
        try (MemringServer node = node().start();
                HashRing alice = client(node, protocol).credentials("alice", "pencil").build();
                HashRing bob = client(node, protocol).credentials("bob", "a b c").build()) {
            assertServed(alice);
            assertServed(bob);
            assertThat(stats(node)).containsEntry("auth_errors", "0");
        }
    }

    @ParameterizedTest
    @EnumSource
    void wrongPassword_anyProtocol_isToldAtOnceAndPresentedOnce(Protocol protocol)
            throws IOException {
        try (MemringServer node = node().start();
                HashRing client = client(node, protocol).credentials("alice", "pen").build()) {
            for (int i = 0; i < 50; i++) {
                assertThatThrownBy(() -> client.sync().get("key"))
                        .isInstanceOf(AuthenticationException.class)
                        .hasMessageContainingAll("get on " + HOST, "refused")
                        .hasMessageNotContaining("pen ");
            }
            assertThat(stats(node)).containsEntry("auth_errors", "1");
        }
    }

    @ParameterizedTest
    @EnumSource
    void noCredentials_anyProtocol_areAskedFor(Protocol protocol) throws IOException {
        try (MemringServer node = node().start();
                HashRing client = client(node, protocol).build()) {
            // In the meta protocol the node hangs up without a word, as memcached does.
            assertThatThrownBy(() -> client.sync().get("key"))
                    .isInstanceOf(
                            protocol == Protocol.META
                                    ? NodeUnavailableException.class
                                    : AuthenticationException.class)
                    .hasMessageContaining("a login");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Mechanism.class,
            names = {"SCRAM_SHA_256", "SCRAM_SHA_512", "PLAIN"})
    void mechanism_eachOne_logsIn(Mechanism mechanism) throws IOException {
        try (MemringServer node = node().start();
                HashRing client =
                        client(node, Protocol.BINARY)
                                .credentials("alice", "pencil")
                                .saslMechanisms(mechanism)
                                .build();
                HashRing wrong =
                        client(node, Protocol.BINARY)
                                .credentials("alice", "pen")
                                .saslMechanisms(mechanism)
                                .build()) {
            assertServed(client);
            assertThatThrownBy(() -> wrong.sync().get("key"))
                    .isInstanceOf(AuthenticationException.class);
        }
    }

    @Test
    void external_certificateOfAUser_isEnough() throws IOException {
        TestAuthority authority = new TestAuthority("authority");
        X509Bundle own = authority.node(HOST);
        X509Bundle alice = authority.client("alice");
        X509Bundle stranger = authority.client("mallory");
        try (MemringServer node =
                        node().tls(
                                        write("node.crt", own.getCertificatePathPEM()),
                                        write("node.key", own.getPrivateKeyPEM()))
                                .tlsClients(authority.file(folder))
                                .start();
                HashRing known = external(authority, alice, node);
                HashRing unknown = external(authority, stranger, node)) {
            assertServed(known);
            assertThatThrownBy(() -> unknown.sync().get("key"))
                    .isInstanceOf(AuthenticationException.class);
        }
    }

    private HashRing external(TestAuthority authority, X509Bundle certificate, MemringServer node)
            throws IOException {
        return client(node, Protocol.BINARY)
                .tls(
                        authority.file(folder),
                        write("own.crt", certificate.getCertificatePathPEM()),
                        write("own.key", certificate.getPrivateKeyPEM()))
                .saslMechanisms(Mechanism.EXTERNAL)
                .build();
    }

    private Path write(String name, String text) throws IOException {
        return TestAuthority.write(folder, name, text);
    }
}
