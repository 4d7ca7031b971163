package io.memring.sasl;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.SecureRandom;

/**
 * A random key that lives as long as the process: what is derived from it looks random to everybody
 * else, and is the same each time.
 */
final class ServerSecret {
    private static final int KEY_LENGTH = 32;
    private static final byte[] SEPARATOR = {0};

    /** No password begins with it. */
    private static final String DERIVED = "\0";

    private final byte[] key = new byte[KEY_LENGTH];

    ServerSecret(SecureRandom random) {
        random.nextBytes(key);
    }

    /** A digest of a prepared name and something about it; neither can hold a separator. */
    byte[] digest(String name, String detail) {
        return ScramHash.SHA_256.hmac(key, name.getBytes(UTF_8), SEPARATOR, detail.getBytes(UTF_8));
    }

    /** Any number of bytes for a name and a purpose. */
    byte[] bytes(String name, String purpose, int length) {
        byte[] bytes = new byte[length];
        for (int filled = 0; filled < length; filled += ScramHash.SHA_256.length()) {
            byte[] block = digest(name, DERIVED + purpose + filled);
            System.arraycopy(block, 0, bytes, filled, Math.min(block.length, length - filled));
        }
        return bytes;
    }
}
