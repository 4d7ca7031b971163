package io.memring.sasl;

import org.jspecify.annotations.NullMarked;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * Users for tests that log in often: their verifiers have the fewest iterations there may be, so
 * that a login takes a millisecond or two, and no tenths of a second.
 */
@NullMarked
public final class QuickUsers {
    private final SecureRandom random = new SecureRandom();
    private final List<String> lines = new ArrayList<>(List.of(CredentialLine.HEADER));

    /** Adds a user who logs in by SCRAM, with the hash of each of the names, or by PLAIN. */
    public QuickUsers add(
            String name, String password, Permissions permissions, Mechanism... mechanisms) {
        List<ScramVerifier> verifiers = new ArrayList<>();
        for (ScramHash hash : ScramHash.values()) {
            if (List.of(mechanisms).contains(hash.mechanism())) {
                byte[] salt = new byte[ScramVerifier.SALT_LENGTH];
                random.nextBytes(salt);
                verifiers.add(ScramVerifier.of(hash, password, salt, ScramVerifier.MIN_ITERATIONS));
            }
        }
        Account account = new Account(name, permissions);
        lines.add(CredentialLine.format(Credential.of(account, verifiers, null)));
        return this;
    }

    /** Writes all of them, over what is there. */
    public void write(Path file) throws IOException {
        CredentialFile.parse("users of a test", lines).write(file);
    }
}
