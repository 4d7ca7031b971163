package io.memring.sasl;

import org.jspecify.annotations.Nullable;

import java.security.MessageDigest;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What is kept of one user, or what imitates a user who is not there: then everything that is
 * compared with it differs.
 */
final class Credential {
    private static final byte[] NOTHING_REMEMBERED = new byte[ScramHash.SHA_256.length()];

    private final Account account;
    private final boolean real;
    private final Map<ScramHash, ScramVerifier> verifiers;
    private final @Nullable String secret;

    /** Keyed digest of the password that was found right before; all zeros before that. */
    private volatile byte[] remembered = NOTHING_REMEMBERED;

    private Credential(
            Account account,
            boolean real,
            Collection<ScramVerifier> verifiers,
            @Nullable String secret) {
        this.account = account;
        this.real = real;
        this.secret = secret;
        EnumMap<ScramHash, ScramVerifier> map = new EnumMap<>(ScramHash.class);
        verifiers.forEach(verifier -> map.put(verifier.hash(), verifier));
        this.verifiers = Collections.unmodifiableMap(map);
    }

    /**
     * @param secret the password itself, for CRAM-MD5 alone; null when it is not kept
     */
    static Credential of(
            Account account, Collection<ScramVerifier> verifiers, @Nullable String secret) {
        return new Credential(account, true, verifiers, secret);
    }

    static Credential imitation(String name, Collection<ScramVerifier> verifiers, String secret) {
        return new Credential(new Account(name, Permissions.ALL), false, verifiers, secret);
    }

    Account account() {
        return account;
    }

    /** False for an imitation, which nobody may log in with. */
    boolean isReal() {
        return real;
    }

    /** One for each SCRAM mechanism that the user can use. */
    Map<ScramHash, ScramVerifier> verifiers() {
        return verifiers;
    }

    @Nullable ScramVerifier verifier(ScramHash hash) {
        return verifiers.get(hash);
    }

    /** The one that a password is checked with. */
    @Nullable ScramVerifier anyVerifier() {
        return verifiers.isEmpty() ? null : verifiers.values().iterator().next();
    }

    @Nullable String secret() {
        return secret;
    }

    boolean remembers(byte[] digest) {
        return MessageDigest.isEqual(remembered, digest);
    }

    void remember(byte[] digest) {
        remembered = digest;
    }
}
