package io.memring.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.memring.client.error.InvalidRequestException;
import io.memring.client.error.Origin;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/** Turns keys into what memcached takes, or refuses them before a byte is sent. */
final class Keys {
    static final int MAX_LENGTH = 250;
    private static final int READABLE_LENGTH = 64;
    private static final int DELETE = 0x7F;

    private final String prefix;
    private final OddKeys oddKeys;

    Keys(String prefix, OddKeys oddKeys) {
        this.prefix = prefix;
        this.oddKeys = oddKeys;
    }

    WireKey of(String key) {
        byte[] bytes = (prefix.isEmpty() ? key : prefix + key).getBytes(UTF_8);
        return isPlain(bytes) ? new WireKey(bytes, false, bytes) : odd(key, bytes);
    }

    private static boolean isPlain(byte[] bytes) {
        if (bytes.length == 0 || bytes.length > MAX_LENGTH) {
            return false;
        }
        for (byte b : bytes) {
            // Bytes of characters beyond ASCII are negative.
            if (b >= 0 && (b <= ' ' || b == DELETE)) {
                return false;
            }
        }
        return true;
    }

    private WireKey odd(String key, byte[] bytes) {
        if (key.isEmpty()) {
            throw invalid("a key is not empty");
        }
        return switch (oddKeys) {
            case REJECT ->
                    throw invalid(
                            bytes.length > MAX_LENGTH
                                    ? "a key has at most 250 bytes: length=" + bytes.length
                                    : "a key has no spaces and controls: key=" + printable(bytes));
            case HASH -> new WireKey(hashed(bytes), false, bytes);
            case BASE64 -> base64(bytes);
        };
    }

    private static WireKey base64(byte[] bytes) {
        byte[] encoded = Base64.getEncoder().encode(bytes);
        if (encoded.length > MAX_LENGTH) {
            throw invalid("a key in base64 has at most 250 bytes: length=" + encoded.length);
        }
        return new WireKey(encoded, true, bytes);
    }

    private static byte[] hashed(byte[] bytes) {
        String readable = printable(bytes);
        String start = readable.substring(0, Math.min(READABLE_LENGTH, readable.length()));
        return (start + "#" + HexFormat.of().formatHex(sha256(bytes))).getBytes(ISO_8859_1);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM has no SHA-256", e);
        }
    }

    /** With an underscore for all that is not visible ASCII. */
    private static String printable(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length);
        for (byte b : bytes) {
            text.append(b > ' ' && b < DELETE ? (char) b : '_');
        }
        return text.toString();
    }

    static InvalidRequestException invalid(String message) {
        return new InvalidRequestException(Origin.local("request"), message);
    }
}
