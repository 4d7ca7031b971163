package io.memring.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.memring.server.tls.TestCertificates.Identity;
import io.memring.server.wire.SaslPeer;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Logins that have to do with the listener: with a client's certificate (EXTERNAL), or in spite.
 */
class ListenerLoginTest {
    private static final int SUCCESS = 0;
    private static final int AUTH_FAILURE = 0x20;

    private static final int EMAIL = 1;
    private static final int DNS = 2;
    private static final int URI = 6;
    private static final int ADDRESS = 7;

    /** Users of certificates alone; one of them may only read. */
    private static final String USERS =
            """
            memring-credentials 1
            alice
            bob allow=read
            ann@example.com
            host.example.com
            spiffe://example.com/cart
            """;

    private static final byte[] NOOP = SaslPeer.frame(SaslPeer.NOOP, "", "");

    @TempDir Path folder;

    private TlsNode start(String provider) throws IOException {
        Path users = Files.writeString(folder.resolve("users"), USERS);
        return TlsNode.start(
                folder,
                "-S -o ssl_verify_mode=1,ssl_provider=%s,auth_failures=0,sasl_file=%s,%s"
                        .formatted(provider, users, "sasl_mechanisms=EXTERNAL:PLAIN"));
    }

    private static SaslPeer connect(TlsNode node, @Nullable Identity identity) throws IOException {
        return new SaslPeer(node.connect(TlsNode.clientContext(identity)));
    }

    private static byte[] external(String name) {
        return SaslPeer.frame(SaslPeer.AUTH, "EXTERNAL", name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"native", "jdk"})
    void external_certificateOfAUser_isTheUser(String provider) throws IOException {
        try (TlsNode node = start(provider);
                SaslPeer alice = connect(node, TlsNode.CLIENT)) {
            assertThat(alice.ask(SaslPeer.frame(SaslPeer.LIST, "", "")).value())
                    .isEqualTo("EXTERNAL PLAIN");
            assertThat(alice.status(external("bob"))).isEqualTo(AUTH_FAILURE);
            assertThat(alice.status(external("alice"))).isEqualTo(SUCCESS);
            assertThat(alice.status(SaslPeer.set("k"))).isEqualTo(SUCCESS);
            assertThat(alice.status(external(""))).isEqualTo(SUCCESS);
            assertThat(alice.status(SaslPeer.set("k"))).isEqualTo(SUCCESS);
            assertThat(alice.status(SaslPeer.plain("alice", "alice"))).isEqualTo(AUTH_FAILURE);
            assertThat(alice.status(NOOP)).isEqualTo(AUTH_FAILURE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"native", "jdk"})
    void external_certificateOfNobodyOrNone_isRefused(String provider) throws IOException {
        try (TlsNode node = start(provider);
                SaslPeer carol = connect(node, TlsNode.AUTHORITY.sign("carol"));
                SaslPeer nobody = connect(node, null)) {
            assertThat(carol.status(external(""))).isEqualTo(AUTH_FAILURE);
            assertThat(carol.status(external("alice"))).isEqualTo(AUTH_FAILURE);
            assertThat(carol.status(NOOP)).isEqualTo(AUTH_FAILURE);
            assertThat(nobody.ask(SaslPeer.frame(SaslPeer.LIST, "", "")).value())
                    .isEqualTo("PLAIN");
            assertThat(nobody.status(external(""))).isEqualTo(AUTH_FAILURE);
            assertThat(nobody.status(external("alice"))).isEqualTo(AUTH_FAILURE);
            assertThat(nobody.status(NOOP)).isEqualTo(AUTH_FAILURE);
        }
    }

    @Test
    void external_userWhoMayOnlyRead_mayNotWrite() throws IOException {
        try (TlsNode node = start("jdk");
                SaslPeer bob = connect(node, TlsNode.AUTHORITY.sign("bob"))) {
            assertThat(bob.status(external(""))).isEqualTo(SUCCESS);
            assertThat(bob.status(SaslPeer.set("k"))).isNotEqualTo(SUCCESS);
            assertThat(bob.status(NOOP)).isEqualTo(SUCCESS);
        }
    }

    /** The first of e-mail addresses, DNS names and URIs; the common name where there is none. */
    @ParameterizedTest
    @CsvSource({
        "1, ann@example.com, 0",
        "2, host.example.com, 0",
        "6, spiffe://example.com/cart, 0",
        "2, alice.example.com, 32",
        "7, abcd, 0"
    })
    void external_alternativeName_comesBeforeTheCommonName(int kind, String name, int status)
            throws IOException {
        Identity named = TlsNode.AUTHORITY.signNamed("alice", List.of(kind), List.of(name));
        Identity two =
                TlsNode.AUTHORITY.signNamed("carol", List.of(ADDRESS, kind), List.of("abcd", name));
        try (TlsNode node = start("native");
                SaslPeer client = connect(node, named);
                SaslPeer other = connect(node, two)) {
            assertThat(client.status(external(""))).isEqualTo(status);
            assertThat(kind).isIn(EMAIL, DNS, URI, ADDRESS);
            int expected = kind == ADDRESS ? AUTH_FAILURE : status;
            assertThat(other.status(external(""))).isEqualTo(expected);
        }
    }

    /** In memcached the prefix that names a protocol once lost the login of its listener. */
    @Test
    void commit_3791d9eda_listenerWithAProtocol_wantsALoginAsWell() throws IOException {
        Path users = Files.writeString(folder.resolve("users"), "foo:bar\n");
        String line = "-p -1 -l proto[ascii]:127.0.0.1 -Y " + users;
        Invocation.Serve serve = (Invocation.Serve) CommandLineReader.read(line.split(" ", -1));
        try (MemringServer server = MemringServer.start(serve.config());
                TestClient client = TestClient.connect(server)) {
            assertThat(client.ask("get k")).isEqualTo("CLIENT_ERROR unauthenticated");
            assertThat(client.ask("set x 0 0 7\r\nfoo bar")).isEqualTo("STORED");
            assertThat(client.ask("mn")).isEqualTo("MN");
        }
    }

    /** Many sets in one record and in several, behind each other: TLS must hold nothing back. */
    @ParameterizedTest
    @ValueSource(strings = {"native", "jdk"})
    void commit_96e05b75f_pipelinedSetsOverTls_areAllAnswered(String provider) throws IOException {
        int sets = 300;
        try (TlsNode node = TlsNode.start(folder, "-o ssl_provider=" + provider);
                TestClient client = node.client()) {
            StringBuilder requests = new StringBuilder();
            for (int i = 0; i < sets; i++) {
                int length = 1 + i * 37 % 3000;
                requests.append("set k%d 0 0 %d\r\n".formatted(i, length));
                requests.append("v".repeat(length)).append("\r\n");
            }
            client.send(requests.toString());
            for (int i = 0; i < sets; i++) {
                assertThat(client.readLine()).as("reply %d", i).isEqualTo("STORED");
            }
            assertThat(client.ask("mn")).isEqualTo("MN");
        }
    }
}
