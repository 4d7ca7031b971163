package io.memring.load.engine;

import io.memring.load.wire.WireName;
import io.memring.sasl.Mechanism;
import io.memring.sasl.SaslClient;

import org.jspecify.annotations.Nullable;

import java.security.SecureRandom;

/**
 * Who logs in, and how.
 *
 * @param mechanism of SASL, in the binary protocol; null for the strongest that the server offers
 */
public record LoginPlan(String user, String password, @Nullable Mechanism mechanism) {

    /** An exchange for one connection. */
    Login begin(WireName protocol) {
        return switch (protocol) {
            case TEXT, META -> new TextLogin(user, password);
            case BINARY -> new SaslLogin(client(mechanism == null ? Mechanism.PLAIN : mechanism));
        };
    }

    LoginPlan withMechanism(Mechanism chosen) {
        return new LoginPlan(user, password, chosen);
    }

    /** True of mechanisms that need no more than a name and a password. */
    static boolean isKnown(Mechanism mechanism) {
        return switch (mechanism) {
            case PLAIN, SCRAM_SHA_256, SCRAM_SHA_512 -> true;
            case EXTERNAL, CRAM_MD5 -> false;
        };
    }

    private SaslClient client(Mechanism chosen) {
        return switch (chosen) {
            case PLAIN -> SaslClient.plain(user, password);
            case SCRAM_SHA_256 -> SaslClient.scramSha256(user, password, new SecureRandom());
            case SCRAM_SHA_512 -> SaslClient.scramSha512(user, password, new SecureRandom());
            case EXTERNAL, CRAM_MD5 ->
                    throw new IllegalArgumentException(
                            "a mechanism that needs more than a password: " + chosen.wireName());
        };
    }

    @Override
    public String toString() {
        return "LoginPlan[user=" + user + ']'; // Not the password.
    }
}
