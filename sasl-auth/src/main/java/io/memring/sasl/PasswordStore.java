package io.memring.sasl;

import org.jspecify.annotations.Nullable;

import java.security.MessageDigest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Users whose passwords are readable in a file in memcached's format. */
final class PasswordStore extends CredentialStore {

    /** One line of the file; a user may have several, with a password each. */
    record Entry(String name, String password) {}

    private final Account[] accounts;
    private final byte[][] digests;
    private final Map<String, Credential> byName = new HashMap<>();
    private final ServerSecret secret;

    PasswordStore(List<Entry> entries, ServerSecret secret) {
        this.secret = secret;
        accounts = new Account[entries.size()];
        digests = new byte[entries.size()][];
        for (int i = 0; i < accounts.length; i++) {
            Entry entry = entries.get(i);
            accounts[i] = new Account(entry.name(), Permissions.ALL);
            digests[i] = secret.digest(entry.name(), entry.password());
            byName.putIfAbsent(
                    entry.name(), Credential.of(accounts[i], List.of(), entry.password()));
        }
    }

    @Override
    public int size() {
        return byName.size();
    }

    @Override
    public @Nullable Account account(String name) {
        Credential credential = byName.get(name);
        return credential == null ? null : credential.account();
    }

    /** Looks at every entry, wherever the right one is. */
    @Override
    @Nullable Account check(String name, String password) {
        byte[] digest = secret.digest(name, password);
        Account found = null;
        for (int i = 0; i < digests.length; i++) {
            found = MessageDigest.isEqual(digests[i], digest) ? accounts[i] : found;
        }
        return found;
    }

    @Override
    Credential scramCredential(String name, ScramHash hash) {
        Credential credential = secretCredential(name);
        String password = String.valueOf(credential.secret());
        byte[] salt = secret.bytes(name, "salt", ScramVerifier.SALT_LENGTH);
        ScramVerifier verifier =
                ScramVerifier.of(hash, password, salt, ScramVerifier.MIN_ITERATIONS);
        return credential.isReal()
                ? Credential.of(credential.account(), List.of(verifier), password)
                : Credential.imitation(name, List.of(verifier), password);
    }

    @Override
    Credential secretCredential(String name) {
        byte[] password = secret.bytes(name, "password", 1);
        Credential madeUp = Credential.imitation(name, List.of(), name + password[0]);
        Credential real = byName.get(name);
        return real == null ? madeUp : real;
    }
}
