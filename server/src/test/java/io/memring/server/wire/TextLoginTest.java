package io.memring.server.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.memring.server.InvalidOptionException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.SplittableRandom;

/** Text authentication, {@code -Y}: nothing before a login. */
final class TextLoginTest {
    private static final String LOGIN = "set auth 0 0 7\r\nfoo bar\r\n";
    private static final String UNAUTHENTICATED = "CLIENT_ERROR unauthenticated\r\n";
    private static final String FAILURE = "CLIENT_ERROR authentication failure\r\n";

    private final Path users;
    private final LocalNode node;

    TextLoginTest() throws IOException {
        users =
                Files.writeString(
                        Files.createTempFile("memring-users", ""), "foo:bar\nbaaaz:quux\n");
        node = LocalNode.start(List.of("-Y", users.toString(), "-o", "auth_failures=0"));
    }

    @AfterEach
    void stop() throws IOException {
        node.close();
        Files.deleteIfExists(users);
    }

    /** Sends requests and a login behind them; the replies, without those of the login. */
    private String replies(String requests) throws IOException {
        try (WireClient client = new WireClient(node.port())) {
            client.send(requests + LOGIN + "mn\r\n");
            StringBuilder replies = new StringBuilder();
            String line = client.readLine();
            while (!line.equals("STORED\r\n")) {
                if (line.isEmpty()) {
                    return replies + "closed";
                }
                replies.append(line);
                line = client.readLine();
            }
            assertThat(client.readLine()).isEqualTo("MN\r\n");
            return replies.toString();
        }
    }

    @ParameterizedTest
    @EnumSource(Delivery.class)
    void login_inAnyPieces_opensTheNode(Delivery delivery) throws IOException {
        long seed = new SecureRandom().nextLong();
        System.out.println("seed " + seed);
        try (WireClient client = new WireClient(node.port())) {
            String requests =
                    "set auth 0 0 7\r\nfoo baz\r\n" + LOGIN + "set a 0 0 1\r\nx\r\nget a\r\n";
            client.send(requests.getBytes(ISO_8859_1), delivery, new SplittableRandom(seed));

            assertThat(client.readLine()).isEqualTo(FAILURE);
            assertThat(client.readLine()).isEqualTo("STORED\r\n");
            assertThat(client.readLine()).isEqualTo("STORED\r\n");
            assertThat(client.readLine()).isEqualTo("VALUE a 0 1\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "get a",
                "version",
                "stats",
                "flush_all",
                "set a 0 0",
                "set a 0 0 -1",
                "set a 0 0 +7",
                "set a 0 0 7x",
                "set a 0 0 4294967296",
                "set a 0 0 000000000007",
                " set a 0 0 7",
                "SET a 0 0 7",
                "add a 0 0 7",
                "ms abc",
                "ms a x",
                "mg foo v",
                "ms    ",
                "shutdown"
            })
    void anythingElse_isRefused(String line) throws IOException {
        assertThat(replies(line + "\r\n")).isEqualTo(UNAUTHENTICATED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mn", "quit", "get a\n", "abcd", "", "\n\n", "\r\n\r\n"})
    void cve_2026_90698_shortAndEmptyLines_closeTheConnection(String line) throws IOException {
        assertThat(replies(line + "\r\n")).isEqualTo("closed");
    }

    @Test
    void longLine_closesTheConnection() throws IOException {
        assertThat(replies("a".repeat(2048) + "\r\n")).isEqualTo("closed");
        assertThat(replies("a".repeat(2046) + "\r\n")).isEqualTo(UNAUTHENTICATED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"16385", "2147483646", "4294967295"})
    void commit_9981d748f_tooLongToken_isRefusedAndNotWaitedFor(String length) throws IOException {
        assertThat(replies("set a 0 0 " + length + "\r\n"))
                .isEqualTo("CLIENT_ERROR auth token too long\r\n");
    }

    @Test
    void token_ofTheWrongForm_isRefused() throws IOException {
        assertThat(replies("set a 0 0 6\r\nfoobar\r\n"))
                .isEqualTo("CLIENT_ERROR bad authentication token format\r\n");
        assertThat(replies("set a 0 0 0\r\n\r\n"))
                .isEqualTo("CLIENT_ERROR bad authentication token format\r\n");
        assertThat(replies("set a 0 0 7\r\nfoo bar\n\n"))
                .isEqualTo("CLIENT_ERROR bad command line termination\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "foo baz",
                "foo bar ",
                " foo bar",
                "foo ba",
                "foo barr",
                "fo bar",
                "baaaz bar",
                "FOO bar",
                " ",
                "foo ",
                "foo bar\0",
                "foo \u00ff"
            })
    void wrongUserOrPassword_isRefused(String token) throws IOException {
        assertThat(replies("set a 0 0 " + token.length() + "\r\n" + token + "\r\n"))
                .isEqualTo(FAILURE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"set a 0 0 7 noreply", "setfoo a b c 7", "set  a  0  0  07"})
    void login_spelledOddly_isTakenAsMemcachedTakesIt(String line) throws IOException {
        try (WireClient client = new WireClient(node.port())) {
            client.send(line + "\r\nfoo bar\r\n");

            assertThat(client.readLine()).isEqualTo("STORED\r\n");
        }
    }

    @Test
    void login_throughMetaSet_isAnsweredAsOne() throws IOException {
        try (WireClient client = new WireClient(node.port())) {
            client.send("ms auth 7 O12 k T0\r\nfoo baz\r\nms auth 7 O12 k T0\r\nfoo bar\r\nmn\r\n");

            assertThat(client.readLine()).isEqualTo(FAILURE);
            assertThat(client.readLine()).isEqualTo("HD O12 kauth\r\n");
            assertThat(client.readLine()).isEqualTo("MN\r\n");
        }
    }

    @Test
    void secondLogin_isAnOrdinarySet() throws IOException {
        try (WireClient client = new WireClient(node.port())) {
            client.send(LOGIN + "set auth 0 0 7\r\nfoo baz\r\nget auth\r\n");

            assertThat(client.readLine()).isEqualTo("STORED\r\n");
            assertThat(client.readLine()).isEqualTo("STORED\r\n");
            assertThat(client.readLine()).isEqualTo("VALUE auth 0 7\r\n");
            assertThat(client.readLine()).isEqualTo("foo baz\r\n");
        }
    }

    @Test
    void logins_areCounted() throws IOException {
        try (WireClient client = new WireClient(node.port())) {
            client.send("set a 0 0 7\r\nfoo baz\r\nget a\r\n" + LOGIN);
            for (int i = 0; i < 3; i++) {
                client.readLine();
            }

            assertThat(client.stat("auth_cmds")).isEqualTo("2");
            assertThat(client.stat("auth_errors")).isEqualTo("1");
            assertThat(client.stat("auth_throttled")).isEqualTo("0");
        }
    }

    @Test
    void tenFailures_closeTheConnection() throws IOException {
        try (WireClient client = new WireClient(node.port())) {
            client.send("set a 0 0 7\r\nfoo baz\r\n".repeat(20) + LOGIN);

            for (int i = 0; i < 10; i++) {
                assertThat(client.readLine()).isEqualTo(FAILURE);
            }
            assertThat(client.readLine()).isEmpty();
        }
    }

    @Test
    void tenFailures_blockTheAddressForAWhile() throws IOException {
        try (LocalNode limited = LocalNode.start(List.of("-Y", users.toString()))) {
            try (WireClient client = new WireClient(limited.port())) {
                client.send("set a 0 0 7\r\nfoo baz\r\n".repeat(10));
                for (int i = 0; i < 10; i++) {
                    assertThat(client.readLine()).isEqualTo(FAILURE);
                }
            }
            try (WireClient client = new WireClient(limited.port())) {
                client.send(LOGIN);

                assertThat(client.readLine()).isEqualTo(FAILURE);
            }
        }
    }

    @Test
    void silentStranger_isDisconnected() throws IOException {
        List<String> arguments = List.of("-Y", users.toString(), "-o", "auth_timeout=3");
        try (LocalNode hurried = LocalNode.start(arguments);
                WireClient friend = new WireClient(hurried.port());
                WireClient stranger = new WireClient(hurried.port());
                WireClient dawdler = new WireClient(hurried.port())) {
            friend.send(LOGIN);
            dawdler.send("set a 0 0 7\r\nfoo ");

            assertThat(friend.readLine()).isEqualTo("STORED\r\n");
            assertThat(stranger.readLine()).isEmpty();
            assertThat(dawdler.readLine()).isEmpty();
            assertThat(friend.ask("mn")).isEqualTo("MN");
        }
    }

    @Test
    void binaryFrame_getsNoAnswer() throws IOException {
        try (WireClient client = new WireClient(node.port())) {
            client.send("\u0080\n" + "\0".repeat(22));

            assertThat(client.readLine()).isEmpty();
        }
    }

    @Test
    void changedFile_isInForceAtTheNextLogin() throws IOException {
        Files.writeString(users, "foo:bar2\n");
        assertThat(token("foo bar2")).isEqualTo("STORED\r\n");
        assertThat(token("foo bar")).isEqualTo(FAILURE);

        Files.writeString(users, "nonsense without a colon\n");
        assertThat(token("foo bar2")).isEqualTo("STORED\r\n");
    }

    private String token(String token) throws IOException {
        try (WireClient client = new WireClient(node.port())) {
            client.send("set a 0 0 " + token.length() + "\r\n" + token + "\r\n");
            return client.readLine();
        }
    }

    @Test
    void settings_nameTheFile() throws IOException {
        try (WireClient client = new WireClient(node.port())) {
            client.send(LOGIN + "stats settings\r\n");
            StringBuilder settings = new StringBuilder();
            String line = client.readLine();
            while (!line.equals("END\r\n")) {
                settings.append(line);
                line = client.readLine();
            }

            assertThat(settings)
                    .contains("STAT auth_enabled_ascii " + users)
                    .contains("STAT auth_enabled_sasl no")
                    .contains("STAT binding_protocol ascii");
        }
    }

    @Test
    void manyAtOnce_allComeIn() throws IOException {
        WireClient[] clients = new WireClient[300];
        for (int i = 0; i < clients.length; i++) {
            clients[i] = new WireClient(node.port());
            clients[i].send(LOGIN);
        }
        for (WireClient client : clients) {
            assertThat(client.readLine()).isEqualTo("STORED\r\n");
            client.close();
        }
    }

    @Test
    void brokenFile_refusesToStart() throws IOException {
        Files.writeString(users, "foo:bar\nnonsense\n");

        assertThatThrownBy(() -> LocalNode.start(List.of("-Y", users.toString())))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessage(users + ", line 2: has no colon behind the user");
        assertThatThrownBy(() -> LocalNode.start(List.of("-Y", users + ".none")))
                .isInstanceOf(InvalidOptionException.class)
                .hasMessageContaining("no such file");
    }
}
