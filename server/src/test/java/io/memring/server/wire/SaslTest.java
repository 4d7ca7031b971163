package io.memring.server.wire;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.memring.sasl.AuthenticationException;
import io.memring.sasl.SaslClient;
import io.memring.server.wire.SaslPeer.Reply;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;

/** SASL over the binary protocol, {@code -S}. */
final class SaslTest {
    private static final int AUTH_FAILURE = 0x20;
    private static final int CONTINUE = 0x21;
    private static final int INVALID = 0x04;
    private static final int NO_MEMORY = 0x82;

    private static final byte[] GOOD = SaslPeer.plain("foo", "bar");
    private static final byte[] BAD = SaslPeer.plain("foo", "baz");
    private static final byte[] NOOP = SaslPeer.frame(SaslPeer.NOOP, "", "");

    private final Path users;
    private final LocalNode node;

    SaslTest() throws IOException {
        users = Files.writeString(Files.createTempFile("memring-users", ""), "foo:bar\n");
        node = start("auth_failures=0");
    }

    private LocalNode start(String options) {
        return LocalNode.start(List.of("-S", "-o", options + ",sasl_file=" + users));
    }

    @AfterEach
    void stop() throws IOException {
        node.close();
        Files.deleteIfExists(users);
    }

    private SaslPeer connect() throws IOException {
        return new SaslPeer(node.port());
    }

    @Test
    void a2_listOfMechanisms_isTheServersAndNeedsNoLogin() throws IOException {
        try (SaslPeer peer = connect()) {
            assertThat(peer.ask(SaslPeer.frame(SaslPeer.LIST, "", "")))
                    .isEqualTo(new Reply(0, "", "SCRAM-SHA-512 SCRAM-SHA-256 PLAIN"));
        }
        try (LocalNode other = start("sasl_mechanisms=cram-md5:plain");
                SaslPeer peer = new SaslPeer(other.port())) {
            assertThat(peer.ask(SaslPeer.frame(SaslPeer.LIST, "", "")).value())
                    .isEqualTo("PLAIN CRAM-MD5");
        }
    }

    @Test
    void a3_mechanismName_tooLongIsDropped_emptyCloses() throws IOException {
        try (SaslPeer peer = connect()) {
            assertThat(peer.ask(SaslPeer.frame(SaslPeer.AUTH, "X".repeat(33), "abc")))
                    .isEqualTo(new Reply(INVALID, "", "Invalid arguments"));
            assertThat(peer.status(SaslPeer.frame(SaslPeer.AUTH, "X".repeat(32), "")))
                    .isEqualTo(AUTH_FAILURE);
            assertThat(peer.status(GOOD)).isZero();
            assertThat(peer.status(SaslPeer.frame(SaslPeer.AUTH, "", "abc"))).isEqualTo(INVALID);
            assertThat(peer.read().status()).isEqualTo(SaslPeer.CLOSED);
        }
    }

    @Test
    void a4_stepBeforeAuth_isRefusedWithoutACrash() throws IOException {
        try (SaslPeer peer = connect()) {
            assertThat(peer.ask(SaslPeer.frame(SaslPeer.STEP, "PLAIN", "\0foo\0bar")))
                    .isEqualTo(new Reply(AUTH_FAILURE, "", "Auth failure."));
            assertThat(peer.status(GOOD)).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"LOGIN", "ANONYMOUS", "SCRAM-SHA-1", "CRAM-MD5", "EXTERNAL", "NTLM"})
    void wrongMechanism_isAnAuthFailure_neverAnUnknownCommand(String mechanism) throws IOException {
        try (SaslPeer peer = connect()) {
            assertThat(peer.status(SaslPeer.frame(SaslPeer.AUTH, mechanism, "\0foo\0bar")))
                    .isEqualTo(AUTH_FAILURE);
            assertThat(peer.status(NOOP)).isEqualTo(AUTH_FAILURE);
            assertThat(peer.read().status()).isEqualTo(SaslPeer.CLOSED);
        }
    }

    @Test
    void a5_a6_failuresThenSuccess_stayOpen() throws IOException {
        try (SaslPeer peer = connect()) {
            for (int i = 0; i < 9; i++) {
                assertThat(peer.ask(BAD)).isEqualTo(new Reply(AUTH_FAILURE, "", "Auth failure."));
            }
            assertThat(peer.ask(GOOD)).isEqualTo(new Reply(0, "", "Authenticated"));
            assertThat(peer.status(NOOP)).isZero();
            assertThat(peer.stat("auth_cmds")).isEqualTo("10");
            assertThat(peer.stat("auth_errors")).isEqualTo("9");
        }
    }

    @Test
    void tenFailures_closeTheConnection() throws IOException {
        try (SaslPeer peer = connect()) {
            for (int i = 0; i < 10; i++) {
                assertThat(peer.status(BAD)).isEqualTo(AUTH_FAILURE);
            }
            assertThat(peer.read().status()).isEqualTo(SaslPeer.CLOSED);
        }
    }

    @Test
    void addressThatFailsTooOften_isRefusedUnseen() throws IOException {
        try (LocalNode limited = start("auth_failures=2");
                SaslPeer friend = new SaslPeer(limited.port());
                SaslPeer guesser = new SaslPeer(limited.port())) {
            assertThat(friend.status(GOOD)).isZero();
            for (int i = 0; i < 3; i++) {
                assertThat(guesser.status(BAD)).isEqualTo(AUTH_FAILURE);
            }
            assertThat(guesser.status(GOOD)).isEqualTo(AUTH_FAILURE);
            assertThat(friend.stat("auth_throttled")).isEqualTo("2");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SCRAM-SHA-256", "SCRAM-SHA-512"})
    void a7_scram_endsWithAnEmptyStep(String mechanism) throws Exception {
        assertThat(scram(mechanism, "bar")).isEqualTo(new Reply(0, "", "Authenticated"));
        assertThat(scram(mechanism, "baz").status()).isEqualTo(AUTH_FAILURE);
    }

    private Reply scram(String mechanism, String password)
            throws IOException, AuthenticationException {
        SecureRandom random = new SecureRandom();
        SaslClient client =
                mechanism.endsWith("256")
                        ? SaslClient.scramSha256("foo", password, random)
                        : SaslClient.scramSha512("foo", password, random);
        try (SaslPeer peer = connect()) {
            String first = new String(client.firstMessage(), ISO_8859_1);
            Reply reply = peer.ask(SaslPeer.frame(SaslPeer.AUTH, mechanism, first));
            while (reply.status() == CONTINUE) {
                byte[] answer = client.respond(reply.value().getBytes(ISO_8859_1));
                reply =
                        peer.ask(
                                SaslPeer.frame(
                                        SaslPeer.STEP, mechanism, new String(answer, ISO_8859_1)));
            }
            if (reply.status() == 0) {
                assertThat(client.isServerProven()).isTrue();
                assertThat(peer.status(NOOP)).isZero();
            }
            return reply;
        }
    }

    @Test
    void scram_newAuthInBetween_forgetsTheOldExchange() throws IOException {
        try (SaslPeer peer = connect()) {
            byte[] first = SaslPeer.frame(SaslPeer.AUTH, "SCRAM-SHA-256", "n,,n=foo,r=abc");
            assertThat(peer.status(first)).isEqualTo(CONTINUE);
            assertThat(peer.status(BAD)).isEqualTo(AUTH_FAILURE);
            assertThat(
                            peer.status(
                                    SaslPeer.frame(
                                            SaslPeer.STEP, "SCRAM-SHA-256", "c=biws,r=abc,p=")))
                    .isEqualTo(AUTH_FAILURE);
            assertThat(peer.status(first)).isEqualTo(CONTINUE);
            assertThat(peer.status(NOOP)).isEqualTo(AUTH_FAILURE);
        }
    }

    @Test
    void a8_largeMessageOfAStranger_isDroppedUnread() throws IOException {
        try (SaslPeer peer = connect()) {
            assertThat(peer.status(SaslPeer.frame(SaslPeer.AUTH, "PLAIN", "x".repeat(1 << 20))))
                    .isEqualTo(NO_MEMORY);
            assertThat(peer.status(SaslPeer.frame(SaslPeer.AUTH, "PLAIN", "x".repeat(16_384))))
                    .isEqualTo(AUTH_FAILURE);
            assertThat(peer.status(GOOD)).isZero();
            assertThat(peer.stat("total_items")).isEqualTo("0");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0x00, 0x01, 0x04, 0x07, 0x08, 0x0a, 0x10, 0x17, 0x1c, 0x23, 0x60, 0xff})
    void stranger_whoAsksForAnythingElse_isThrownOut(int opcode) throws IOException {
        try (SaslPeer peer = connect()) {
            assertThat(peer.ask(SaslPeer.frame(opcode, "", "")))
                    .isEqualTo(new Reply(AUTH_FAILURE, "", "Auth failure."));
            assertThat(peer.read().status()).isEqualTo(SaslPeer.CLOSED);
        }
    }

    @Test
    void cve_2013_7239_badLoginThenWrongOne_doesNotLetCommandsIn() throws IOException {
        try (SaslPeer one = connect();
                SaslPeer other = connect()) {
            assertThat(one.status(SaslPeer.frame(SaslPeer.AUTH, "PLAIN", "nonsense")))
                    .isEqualTo(AUTH_FAILURE);
            assertThat(other.status(GOOD)).isZero();
            assertThat(one.status(BAD)).isEqualTo(AUTH_FAILURE);
            assertThat(one.status(SaslPeer.set("x"))).isEqualTo(AUTH_FAILURE);
            assertThat(one.read().status()).isEqualTo(SaslPeer.CLOSED);
            assertThat(other.status(SaslPeer.set("x"))).isZero();
            assertThat(other.status(BAD)).isEqualTo(AUTH_FAILURE);
            assertThat(other.status(SaslPeer.set("x"))).isEqualTo(AUTH_FAILURE);
        }
    }

    /** t/issue_192.t, for the requests of a login: a body of nearly 4 GiB. */
    @ParameterizedTest
    @ValueSource(ints = {0x20, 0x21, 0x22})
    void cve_2011_4971_negativeBodyLength_closes(int opcode) throws IOException {
        byte[] frame = SaslPeer.frame(opcode, "PLAIN", "");
        for (int i = 8; i < 12; i++) {
            frame[i] = (byte) (i == 11 ? 0xe8 : 0xff);
        }
        try (SaslPeer peer = connect()) {
            assertThat(peer.status(frame)).isEqualTo(INVALID);
            assertThat(peer.read().status()).isEqualTo(SaslPeer.CLOSED);
        }
    }

    @Test
    void cve_2016_8706_keyLongerThanTheBody_closes() throws IOException {
        byte[] frame = SaslPeer.frame(SaslPeer.AUTH, "", "x");
        frame[3] = 0x20;
        try (SaslPeer peer = connect()) {
            assertThat(peer.status(frame)).isEqualTo(0x81);
            assertThat(peer.read().status()).isEqualTo(SaslPeer.CLOSED);
        }
    }

    @Test
    void text_isNotSpoken() throws IOException {
        try (WireClient client = new WireClient(node.port())) {
            client.send("version\r\nget a\r\n");

            assertThat(client.readLine()).isEmpty();
        }
    }

    @Test
    void bothLogins_eachProtocolHasItsOwn() throws IOException {
        Path text = Files.writeString(Files.createTempFile("memring-users", ""), "ann:1\n");
        List<String> arguments = List.of("-S", "-o", "sasl_file=" + users, "-Y", text.toString());
        try (LocalNode both = LocalNode.start(arguments);
                SaslPeer binary = new SaslPeer(both.port());
                WireClient stranger = new WireClient(both.port());
                WireClient friend = new WireClient(both.port())) {
            assertThat(binary.status(SaslPeer.plain("ann", "1"))).isEqualTo(AUTH_FAILURE);
            assertThat(binary.status(GOOD)).isZero();
            assertThat(stranger.ask("get a")).isEqualTo("CLIENT_ERROR unauthenticated");
            assertThat(friend.ask("set x 0 0 5\r\nann 1")).isEqualTo("STORED");
            assertThat(friend.ask("mn")).isEqualTo("MN");
        } finally {
            Files.delete(text);
        }
    }

    @Test
    void changedFile_isInForceAtTheNextLogin() throws IOException {
        try (SaslPeer peer = connect()) {
            Files.writeString(users, "foo:other\n");
            assertThat(peer.status(GOOD)).isEqualTo(AUTH_FAILURE);
            assertThat(peer.status(SaslPeer.plain("foo", "other"))).isZero();
            Files.writeString(users, "no colon here\n");
            assertThat(peer.status(SaslPeer.plain("foo", "other"))).isZero();
        }
    }

    @Test
    void silentStranger_isDisconnected() throws IOException {
        try (LocalNode hurried = start("auth_timeout=3");
                SaslPeer friend = new SaslPeer(hurried.port());
                SaslPeer stranger = new SaslPeer(hurried.port());
                SaslPeer lister = new SaslPeer(hurried.port())) {
            assertThat(friend.status(GOOD)).isZero();
            assertThat(lister.status(SaslPeer.frame(SaslPeer.LIST, "", ""))).isZero();
            assertThat(stranger.read().status()).isEqualTo(SaslPeer.CLOSED);
            assertThat(lister.read().status()).isEqualTo(SaslPeer.CLOSED);
            assertThat(friend.status(NOOP)).isZero();
        }
    }
}
