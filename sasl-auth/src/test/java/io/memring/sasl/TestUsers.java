package io.memring.sasl;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

/** Users for tests, with cheap verifiers. */
final class TestUsers {
    static final String RFC_SALT = "W22ZaJ0SNY7soEsUEjb6gQ==";

    private TestUsers() {}

    static ServerSecret secret() {
        return new ServerSecret(new SecureRandom());
    }

    /** A user with both SCRAM mechanisms and the salt of RFC 7677's example. */
    static Credential user(String name, String password) {
        return user(name, password, ScramVerifier.MIN_ITERATIONS);
    }

    static Credential user(String name, String password, int iterations) {
        byte[] salt = Base64.getDecoder().decode(RFC_SALT);
        return Credential.of(
                new Account(name, Permissions.ALL),
                List.of(
                        ScramVerifier.of(ScramHash.SHA_256, password, salt, iterations),
                        ScramVerifier.of(ScramHash.SHA_512, password, salt, iterations)),
                password);
    }

    static CredentialStore store(Credential... users) {
        return new VerifierStore(List.of(users), secret());
    }

    static CredentialStore passwords(String name, String password) {
        return new PasswordStore(List.of(new PasswordStore.Entry(name, password)), secret());
    }

    /** What a server answers to a message, as text: challenge:..., success:... or refused. */
    static String answer(SaslServer server, String message) {
        return describe(server.respond(message.getBytes(UTF_8)));
    }

    static String describe(SaslStep step) {
        if (step instanceof SaslStep.Challenge challenge) {
            return "challenge:" + new String(challenge.data(), UTF_8);
        }
        return step instanceof SaslStep.Success success
                ? "success:" + success.account().name()
                : "refused";
    }
}
