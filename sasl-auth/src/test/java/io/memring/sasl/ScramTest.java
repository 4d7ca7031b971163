package io.memring.sasl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.security.SecureRandom;
import java.util.SplittableRandom;

/** SCRAM, RFC 5802 and RFC 7677: both sides against the example, and what a server refuses. */
class ScramTest {
    private static final String CLIENT_NONCE = "rOprNGfwEbeRWgbNEkqO";
    private static final String SERVER_NONCE = "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
    private static final String NONCE = CLIENT_NONCE + SERVER_NONCE;
    private static final String CLIENT_FIRST = "n,,n=user,r=" + CLIENT_NONCE;
    private static final String SERVER_FIRST =
            "r=" + NONCE + ",s=" + TestUsers.RFC_SALT + ",i=4096";

    /** The first line is RFC 7677, section 3; for SHA-512 there is none, it was computed apart. */
    @ParameterizedTest
    @CsvSource({
        "SHA_256,"
                + "dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=,"
                + "6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=",
        "SHA_512,"
                + "gMGXRcevScNtxZ6/8lQYpGtnsNAc3mGcmNomv+xnoOMw+3R2xNJdMNnzMlTN8PPC6wdp6dybEmDYXYTx"
                + "wnYPJQ==,"
                + "ZQnYEgWQMFmmsM8aQMF0nDDCy/AgCzkwk8CmMZYcMg0vSVlKDanekLtifDSeVGT4+5ZxXnJq199RVG2r"
                + "R7N7Zw=="
    })
    void example_bothSides_sayWhatTheyShould(ScramHash hash, String proof, String signature)
            throws Exception {
        ScramServer server = server(hash);
        ScramClient client = new ScramClient(hash, "user", "pencil", CLIENT_NONCE);

        assertThat(new String(client.firstMessage(), UTF_8)).isEqualTo(CLIENT_FIRST);
        assertThat(TestUsers.answer(server, CLIENT_FIRST)).isEqualTo("challenge:" + SERVER_FIRST);
        String clientFinal = new String(client.respond(SERVER_FIRST.getBytes(UTF_8)), UTF_8);
        assertThat(clientFinal).isEqualTo("c=biws,r=" + NONCE + ",p=" + proof);
        assertThat(client.isServerProven()).isFalse();
        assertThat(TestUsers.answer(server, clientFinal)).isEqualTo("challenge:v=" + signature);
        assertThat(client.respond(("v=" + signature).getBytes(UTF_8))).isEmpty();
        assertThat(client.isServerProven()).isTrue();
        assertThat(TestUsers.answer(server, "")).isEqualTo("success:user");
    }

    private static ScramServer server(ScramHash hash) {
        return new ScramServer(
                hash, TestUsers.store(TestUsers.user("user", "pencil")), () -> SERVER_NONCE);
    }

    @ParameterizedTest
    @EnumSource(ScramHash.class)
    void readablePasswords_rightPassword_succeeds(ScramHash hash) throws Exception {
        CredentialStore store = TestUsers.passwords("user", "pencil");

        assertThat(run(hash, store, "user", "pencil")).isEqualTo("success:user");
        assertThat(run(hash, store, "user", "pencils")).isEqualTo("refused");
        assertThat(run(hash, store, "nobody", "pencil")).isEqualTo("refused");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a,b", "a=b", "=2C", ",=", "ä", "=3D", "=3D2C"})
    void oddNames_escaped_comeThrough(String name) throws Exception {
        CredentialStore store = TestUsers.store(TestUsers.user(name, "p, =w"));

        assertThat(run(ScramHash.SHA_256, store, name, "p, =w")).isEqualTo("success:" + name);
    }

    /** Lets a client talk to a server to the end. */
    private static String run(ScramHash hash, CredentialStore store, String name, String password)
            throws AuthenticationException {
        ScramServer server = new ScramServer(hash, store, () -> SERVER_NONCE);
        ScramClient client = new ScramClient(hash, name, password, CLIENT_NONCE);
        SaslStep step = server.respond(client.firstMessage());
        while (step instanceof SaslStep.Challenge challenge) {
            step = server.respond(client.respond(challenge.data()));
        }
        return TestUsers.describe(step);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",",
                ",,",
                "n",
                "n,,",
                "n,,n=user",
                "n,,r=abc",
                "n,,r=abc,n=user",
                "n,,n=,r=abc",
                "n,,n=user,r=",
                "n,,n=us er,r=abc",
                "n,,n=us=er,r=abc",
                "n,,n=user,r=a\u0001c",
                "n,,n=user,r=äbc",
                "n,,m=x,n=user,r=abc",
                "n,a=other,n=user,r=abc",
                "p=tls-unique,,n=user,r=abc",
                "x,,n=user,r=abc",
                "nn=user,r=abc",
                "n,,n=user\u0000,r=abc",
                "n,,n=user,r=abc,nonsense",
                "n,,1=user,r=abc"
            })
    void firstMessage_againstTheRules_isRefused(String message) {
        SaslServer server = server(ScramHash.SHA_256);

        assertThat(TestUsers.answer(server, message)).isEqualTo("refused");
        assertThat(TestUsers.answer(server, CLIENT_FIRST)).isEqualTo("refused");
    }

    @ParameterizedTest
    @ValueSource(strings = {"y,,n=user,r=abc", "n,a=user,n=user,r=abc", "n,,n=user,r=abc,x=more"})
    void firstMessage_allowedByTheRules_isChallenged(String message) {
        assertThat(TestUsers.answer(server(ScramHash.SHA_256), message)).startsWith("challenge:r=");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "c=biws",
                "c=biws,r=NONCE",
                "c=biws,r=NONCE,p=",
                "c=biws,r=NONCE,p=!!!!",
                "c=biws,r=NONCE,p=AAAA",
                "c=biws,r=NONCEx,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
                "c=eSws,r=NONCE,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
                "c=,r=NONCE,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
                "r=NONCE,c=biws,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
                "c=biws,r=NONCE,x=y,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
                "c=biws,r=NONCE,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=,x=y",
                "c=biws,r=NONCE,p=eHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="
            })
    void finalMessage_wrong_isRefusedForGood(String message) {
        SaslServer server = server(ScramHash.SHA_256);
        assertThat(TestUsers.answer(server, CLIENT_FIRST)).startsWith("challenge:");

        assertThat(TestUsers.answer(server, message.replace("NONCE", NONCE))).isEqualTo("refused");
        String right = "c=biws,r=" + NONCE + ",p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=";
        assertThat(TestUsers.answer(server, right)).isEqualTo("refused");
        assertThat(TestUsers.answer(server, "")).isEqualTo("refused");
    }

    @Test
    void acknowledgement_notEmpty_isRefused() {
        SaslServer server = server(ScramHash.SHA_256);
        TestUsers.answer(server, CLIENT_FIRST);
        TestUsers.answer(
                server, "c=biws,r=" + NONCE + ",p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=");

        assertThat(TestUsers.answer(server, "x")).isEqualTo("refused");
        assertThat(TestUsers.answer(server, "")).isEqualTo("refused");
    }

    @Test
    void unknownUser_isChallengedLikeAKnownOne_theSameWayEachTime() {
        CredentialStore store = TestUsers.store(TestUsers.user("user", "pencil", 5000));

        String first = TestUsers.answer(server(store), "n,,n=nobody,r=abc");
        String again = TestUsers.answer(server(store), "n,,n=nobody,r=abc");
        String other = TestUsers.answer(server(store), "n,,n=somebody,r=abc");

        assertThat(first).isEqualTo(again).isNotEqualTo(other).endsWith(",i=5000");
        assertThat(first).hasSameSizeAs(TestUsers.answer(server(store), "n,,n=user,r=abc"));
    }

    private static SaslServer server(CredentialStore store) {
        return new ScramServer(ScramHash.SHA_256, store, () -> SERVER_NONCE);
    }

    @Test
    void messages_mutatedAtRandom_areRefusedWithoutAnException() {
        long seed = new SecureRandom().nextLong();
        System.out.println("seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        String last = "c=biws,r=" + NONCE + ",p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=";
        CredentialStore store = TestUsers.store(TestUsers.user("user", "pencil"));
        for (int i = 0; i < 20_000; i++) {
            SaslServer server = server(store);
            if (random.nextBoolean()) {
                assertThat(server.respond(mutated(CLIENT_FIRST, random)))
                        .isNotInstanceOf(SaslStep.Success.class);
            } else {
                server.respond(CLIENT_FIRST.getBytes(UTF_8));
                server.respond(mutated(last, random));
                // Base64 has bits that mean nothing, so a changed message may still be right.
                assertThat(TestUsers.answer(server, "x")).isEqualTo("refused");
            }
        }
    }

    private static byte[] mutated(String message, SplittableRandom random) {
        byte[] bytes = message.getBytes(UTF_8);
        for (int n = random.nextInt(1, 4); n > 0; n--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "r=other,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
                "r=rOprNGfwEbeRWgbNEkqO,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
                "r=rOprNGfwEbeRWgbNEkqOx,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4095",
                "r=rOprNGfwEbeRWgbNEkqOx,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=2000000000",
                "r=rOprNGfwEbeRWgbNEkqOx,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=x",
                "r=rOprNGfwEbeRWgbNEkqOx,s=W22ZaJ0SNY7soEsUEjb6gQ==",
                "r=rOprNGfwEbeRWgbNEkqOx,s=,i=4096",
                "r=rOprNGfwEbeRWgbNEkqOx,s=!,i=4096",
                "e=unknown-user"
            })
    void client_serverFirstAgainstTheRules_givesUp(String challenge) {
        ScramClient client = new ScramClient(ScramHash.SHA_256, "user", "pencil", CLIENT_NONCE);
        client.firstMessage();

        assertThatThrownBy(() -> client.respond(challenge.getBytes(UTF_8)))
                .isInstanceOf(AuthenticationException.class);
        assertThat(client.isServerProven()).isFalse();
    }

    @Test
    void client_wrongSignature_givesUp() throws Exception {
        ScramClient client = new ScramClient(ScramHash.SHA_256, "user", "pencil", CLIENT_NONCE);
        client.firstMessage();
        client.respond(SERVER_FIRST.getBytes(UTF_8));

        assertThatThrownBy(() -> client.respond("v=AAAA".getBytes(UTF_8)))
                .hasMessage("the server does not know the password");
    }
}
