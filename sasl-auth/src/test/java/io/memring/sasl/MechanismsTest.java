package io.memring.sasl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.sasl.Sasl;

/** PLAIN, EXTERNAL and CRAM-MD5, and how a mechanism is chosen. */
class MechanismsTest {
    @TempDir Path folder;

    private SaslServers servers(Set<Mechanism> mechanisms) throws IOException {
        Path file = folder.resolve("users");
        Files.writeString(file, "tim:tanstaaftanstaaf\nann@realm:pa:ss\n");
        SecureRandom random = new SecureRandom();
        return new SaslServers(
                Credentials.open(file, PasswordFileStyle.AUTH_FILE, random), mechanisms, random);
    }

    private SaslServer begin(Mechanism mechanism) throws IOException {
        return Objects.requireNonNull(
                servers(EnumSet.allOf(Mechanism.class)).begin(mechanism.wireName(), "tim"));
    }

    @Test
    void list_namesWhatIsEnabled_strongestFirst() throws IOException {
        SaslServers all = servers(EnumSet.allOf(Mechanism.class));

        assertThat(all.list(true)).isEqualTo("SCRAM-SHA-512 SCRAM-SHA-256 EXTERNAL PLAIN CRAM-MD5");
        assertThat(all.list(false)).isEqualTo("SCRAM-SHA-512 SCRAM-SHA-256 PLAIN CRAM-MD5");
        assertThat(servers(EnumSet.of(Mechanism.PLAIN)).list(true)).isEqualTo("PLAIN");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "X",
                "SCRAM-SHA-1",
                "ANONYMOUS",
                "LOGIN",
                "DIGEST-MD5",
                "PLAIN ",
                "NTLM"
            })
    void begin_unknownMechanism_isRefused(String name) throws IOException {
        assertThat(servers(EnumSet.allOf(Mechanism.class)).begin(name, "tim")).isNull();
    }

    @ParameterizedTest
    @EnumSource(Mechanism.class)
    void begin_mechanismThatIsNotEnabled_isRefused(Mechanism mechanism) throws IOException {
        SaslServers others = servers(EnumSet.complementOf(EnumSet.of(mechanism)));

        assertThat(others.begin(mechanism.wireName(), "tim")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\0tim\0tanstaaftanstaaf",
                "tim\0tim\0tanstaaftanstaaf",
                "\0ann@realm\0pa:ss"
            })
    void plain_rightPassword_succeeds(String message) throws IOException {
        assertThat(TestUsers.answer(begin(Mechanism.PLAIN), message)).startsWith("success:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\0",
                "\0\0",
                "\0\0\0",
                "tim",
                "\0tim",
                "\0tim\0",
                "\0tim\0wrong",
                "\0tim\0tanstaaftanstaaf\0",
                "\0tim\0tanstaaftanstaaf\0x",
                "\0tim\0\0tanstaaftanstaaf",
                "ann\0tim\0tanstaaftanstaaf",
                "tim\0\0tanstaaftanstaaf",
                "\0nobody\0tanstaaftanstaaf",
                "\0tim \0tanstaaftanstaaf",
                "\0TIM\0tanstaaftanstaaf",
                "\0tim\0tanstaaftanstaaf\n"
            })
    void plain_anythingElse_isRefused(String message) throws IOException {
        assertThat(TestUsers.answer(begin(Mechanism.PLAIN), message)).isEqualTo("refused");
    }

    @Test
    void plain_bytesThatAreNoText_areRefused() throws IOException {
        byte[] message = "\0tim\0tanstaaftanstaaf".getBytes(UTF_8);
        message[2] = (byte) 0xFF;

        assertThat(TestUsers.describe(begin(Mechanism.PLAIN).respond(message)))
                .isEqualTo("refused");
    }

    @Test
    void plain_ourClient_succeeds() throws IOException {
        SaslClient client = SaslClient.plain("tim", "tanstaaftanstaaf");

        assertThat(TestUsers.describe(begin(client.mechanism()).respond(client.firstMessage())))
                .isEqualTo("success:tim");
        assertThat(client.isServerProven()).isTrue();
        assertThatThrownBy(() -> client.respond(new byte[0]))
                .isInstanceOf(AuthenticationException.class);
    }

    @Test
    void external_userOfTheCertificate_succeedsIfKnown() throws IOException {
        SaslServers servers = servers(EnumSet.of(Mechanism.EXTERNAL));
        SaslClient client = SaslClient.external();

        assertThat(servers.begin("EXTERNAL", null)).isNull();
        assertThat(external(servers, "tim", "")).isEqualTo("success:tim");
        assertThat(external(servers, "tim", "tim")).isEqualTo("success:tim");
        assertThat(external(servers, "tim", "ann@realm")).isEqualTo("refused");
        assertThat(external(servers, "nobody", "")).isEqualTo("refused");
        assertThat(external(servers, "tim\n", "")).isEqualTo("refused");
        assertThat(client.firstMessage()).isEmpty();
        assertThat(client.isServerProven()).isTrue();
    }

    private static String external(SaslServers servers, String identity, String message) {
        return TestUsers.answer(
                Objects.requireNonNull(servers.begin("EXTERNAL", identity)), message);
    }

    /** The JDK has clients of its own. */
    @ParameterizedTest
    @EnumSource(names = {"PLAIN", "CRAM_MD5"})
    void clientOfTheJdk_rightPassword_succeeds(Mechanism mechanism) throws Exception {
        assertThat(runJdkClient(mechanism, "tim", "tanstaaftanstaaf")).isEqualTo("success:tim");
        assertThat(runJdkClient(mechanism, "tim", "tanstaaftanstaa")).isEqualTo("refused");
        assertThat(runJdkClient(mechanism, "nobody", "tanstaaftanstaaf")).isEqualTo("refused");
    }

    private String runJdkClient(Mechanism mechanism, String name, String password)
            throws Exception {
        javax.security.sasl.SaslClient client =
                Sasl.createSaslClient(
                        new String[] {mechanism.wireName()},
                        null,
                        "memcached",
                        "localhost",
                        Map.of(),
                        callbacks -> answer(callbacks, name, password));
        SaslServer server = begin(mechanism);
        byte[] first =
                client.hasInitialResponse() ? client.evaluateChallenge(new byte[0]) : new byte[0];
        SaslStep step = server.respond(first);
        while (step instanceof SaslStep.Challenge challenge) {
            step = server.respond(client.evaluateChallenge(challenge.data()));
        }
        return TestUsers.describe(step);
    }

    private static void answer(Callback[] callbacks, String name, String password) {
        for (Callback callback : callbacks) {
            if (callback instanceof NameCallback asked) {
                asked.setName(name);
            } else if (callback instanceof PasswordCallback asked) {
                asked.setPassword(password.toCharArray());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "tim", "tim ", "tim 00", " 00", "tim é", "ti m 00"})
    void cramMd5_nonsense_isRefused(String answer) throws IOException {
        SaslServer server = begin(Mechanism.CRAM_MD5);

        assertThat(TestUsers.answer(server, "")).matches("challenge:<[0-9a-f]{32}@memring>");
        assertThat(TestUsers.answer(server, answer)).isEqualTo("refused");
    }

    @Test
    void cramMd5_messageBeforeTheChallenge_isRefused() throws IOException {
        assertThat(TestUsers.answer(begin(Mechanism.CRAM_MD5), "tim 00")).isEqualTo("refused");
    }

    @Test
    void cramMd5_userWithoutReadablePassword_isRefused() {
        Credential user =
                Credential.of(new Account("tim", Permissions.ALL), java.util.List.of(), null);
        CramMd5Server server = new CramMd5Server(TestUsers.store(user), new SecureRandom());

        assertThat(TestUsers.answer(server, "")).startsWith("challenge:");
        assertThat(TestUsers.answer(server, "tim 00000000000000000000000000000000"))
                .isEqualTo("refused");
    }
}
