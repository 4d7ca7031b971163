package io.memring.sasl;

import org.jspecify.annotations.Nullable;

/**
 * The users of one credential file, as they were when it was read. Any thread.
 *
 * <p>A name that no user has is answered like that of a user with another password: the same work
 * is done and the same kind of data shown, derived from a secret of the process.
 */
public abstract sealed class CredentialStore permits VerifierStore, PasswordStore {

    CredentialStore() {}

    /** The number of users. */
    public abstract int size();

    /** The user of that name, who has proved to be it elsewhere; null when there is none. */
    public abstract @Nullable Account account(String name);

    /** The user whose name and password these are; null when they are not. Takes milliseconds. */
    public final @Nullable Account checkPassword(String name, String password) {
        String preparedName = PreparedText.name(name);
        String preparedPassword = PreparedText.password(password);
        if (preparedName == null || preparedPassword == null) {
            return null;
        }
        return check(preparedName, preparedPassword);
    }

    abstract @Nullable Account check(String name, String password);

    /** What SCRAM needs of a user, or of nobody; it has a verifier for the hash. */
    abstract Credential scramCredential(String name, ScramHash hash);

    /** What CRAM-MD5 needs of a user, or of nobody; it has a secret. */
    abstract Credential secretCredential(String name);
}
