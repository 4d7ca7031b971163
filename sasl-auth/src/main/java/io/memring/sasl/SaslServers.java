package io.memring.sasl;

import org.jspecify.annotations.Nullable;

import java.security.SecureRandom;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Begins exchanges on behalf of a server. Any thread. */
public final class SaslServers {
    private final Credentials credentials;
    private final Set<Mechanism> mechanisms;
    private final SecureRandom random;

    /**
     * @param mechanisms those that clients may choose from
     */
    public SaslServers(Credentials credentials, Set<Mechanism> mechanisms, SecureRandom random) {
        this.credentials = credentials;
        this.mechanisms = Collections.unmodifiableSet(EnumSet.copyOf(mechanisms));
        this.random = random;
    }

    /**
     * The names of the mechanisms to choose from, with spaces between.
     *
     * @param certified the client has an identity already, that of its certificate
     */
    public String list(boolean certified) {
        return mechanisms.stream()
                .filter(mechanism -> mechanism != Mechanism.EXTERNAL || certified)
                .map(Mechanism::wireName)
                .collect(Collectors.joining(" "));
    }

    /**
     * Begins an exchange; null when there is no such mechanism to choose.
     *
     * @param identity the user that the client's certificate names; null when it has shown none
     */
    public @Nullable SaslServer begin(String mechanismName, @Nullable String identity) {
        Mechanism mechanism = Mechanism.ofWireName(mechanismName);
        if (mechanism == null || !mechanisms.contains(mechanism)) {
            return null;
        }
        CredentialStore store = credentials.refreshed();
        return switch (mechanism) {
            case SCRAM_SHA_512 -> new ScramServer(ScramHash.SHA_512, store, this::nonce);
            case SCRAM_SHA_256 -> new ScramServer(ScramHash.SHA_256, store, this::nonce);
            case EXTERNAL -> identity == null ? null : new ExternalServer(store, identity);
            case PLAIN -> new PlainServer(store);
            case CRAM_MD5 -> new CramMd5Server(store, random);
        };
    }

    private String nonce() {
        return ScramMessage.newNonce(random);
    }
}
