package io.memring.sasl;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;

/**
 * What a server keeps of a password for one SCRAM mechanism. The password cannot be told from it,
 * and whoever has it cannot log in with it.
 */
final class ScramVerifier {
    /** The least that RFC 7677 allows. */
    static final int MIN_ITERATIONS = 4096;

    /** What one wrong guess costs a thief of the file, and one login a client. */
    static final int DEFAULT_ITERATIONS = 100_000;

    /** Keeps a typing error in a file from keeping a processor busy for minutes. */
    static final int MAX_ITERATIONS = 10_000_000;

    static final int SALT_LENGTH = 16;

    private static final byte[] CLIENT_KEY = "Client Key".getBytes(US_ASCII);
    private static final byte[] SERVER_KEY = "Server Key".getBytes(US_ASCII);

    private final ScramHash hash;
    private final int iterations;
    private final byte[] salt;
    private final byte[] storedKey;
    private final byte[] serverKey;

    ScramVerifier(ScramHash hash, int iterations, byte[] salt, byte[] storedKey, byte[] serverKey) {
        this.hash = hash;
        this.iterations = iterations;
        this.salt = salt;
        this.storedKey = storedKey;
        this.serverKey = serverKey;
    }

    /** The verifier of a prepared password. */
    static ScramVerifier of(ScramHash hash, String password, byte[] salt, int iterations) {
        byte[] salted = hash.saltedPassword(password, salt, iterations);
        byte[] storedKey = hash.hash(clientKey(hash, salted));
        return new ScramVerifier(hash, iterations, salt, storedKey, serverKey(hash, salted));
    }

    static byte[] clientKey(ScramHash hash, byte[] saltedPassword) {
        return hash.hmac(saltedPassword, CLIENT_KEY);
    }

    static byte[] serverKey(ScramHash hash, byte[] saltedPassword) {
        return hash.hmac(saltedPassword, SERVER_KEY);
    }

    /** Whether this is the verifier of a prepared password. */
    boolean matches(String password) {
        byte[] salted = hash.saltedPassword(password, salt, iterations);
        return MessageDigest.isEqual(storedKey, hash.hash(clientKey(hash, salted)));
    }

    /** Whether a proof over a conversation was made by somebody who knows the password. */
    boolean matchesProof(byte[] authMessage, byte[] proof) {
        byte[] clientKey = hash.hmac(storedKey, authMessage);
        if (proof.length != clientKey.length) {
            return false;
        }
        for (int i = 0; i < clientKey.length; i++) {
            clientKey[i] ^= proof[i];
        }
        return MessageDigest.isEqual(storedKey, hash.hash(clientKey));
    }

    /** What shows a client that the server knows the verifier. */
    byte[] serverSignature(byte[] authMessage) {
        return hash.hmac(serverKey, authMessage);
    }

    ScramHash hash() {
        return hash;
    }

    int iterations() {
        return iterations;
    }

    byte[] salt() {
        return salt;
    }

    byte[] storedKey() {
        return storedKey;
    }

    byte[] serverKey() {
        return serverKey;
    }
}
