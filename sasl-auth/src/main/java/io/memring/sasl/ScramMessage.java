package io.memring.sasl;

import org.jspecify.annotations.Nullable;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A SCRAM message: {@code letter=value} parts with commas between, RFC 5802, section 5.1. */
final class ScramMessage {
    private static final int NONCE_LENGTH = 18;

    private final List<String> parts;

    private ScramMessage(List<String> parts) {
        this.parts = parts;
    }

    /** The message; null when a part is no attribute. */
    static @Nullable ScramMessage parse(@Nullable String text) {
        if (text == null) {
            return null;
        }
        List<String> parts = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            boolean attribute =
                    part.length() >= 2 && isLetter(part.charAt(0)) && part.charAt(1) == '=';
            if (!attribute || part.indexOf('\0') >= 0) {
                return null;
            }
            parts.add(part);
        }
        return new ScramMessage(parts);
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    /** The value of an attribute, which must stand at its place; null when it does not. */
    @Nullable String value(int place, char letter) {
        if (place >= parts.size() || parts.get(place).charAt(0) != letter) {
            return null;
        }
        return parts.get(place).substring(2);
    }

    /** The value of the last attribute, if it is this one. */
    @Nullable String lastValue(char letter) {
        return value(parts.size() - 1, letter);
    }

    int size() {
        return parts.size();
    }

    /** Random characters that are allowed in a nonce. */
    static String newNonce(SecureRandom random) {
        byte[] bytes = new byte[NONCE_LENGTH];
        random.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** A name with its commas and equals signs made harmless. */
    static String escape(String name) {
        return name.replace("=", "=3D").replace(",", "=2C");
    }

    /** The opposite of {@link #escape}; null when an equals sign stands for nothing. */
    static @Nullable String unescape(String text) {
        String name = text.replace("=2C", ",").replace("=3D", "\0");
        return name.indexOf('=') >= 0 ? null : name.replace('\0', '=');
    }

    /** Base64 as bytes; null when it is not. */
    static byte @Nullable [] decodeBase64(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
