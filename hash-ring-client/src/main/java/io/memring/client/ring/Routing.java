package io.memring.client.ring;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * Which part of a key decides about its node. Keys that share that part live together, so that one
 * request can fetch them.
 */
@FunctionalInterface
public interface Routing {

    /**
     * The part of a key that is hashed, as its first byte in the upper and its length in the lower
     * half.
     */
    long part(byte[] key);

    /** Packs a part for {@link #part}. */
    static long part(int from, int length) {
        return (long) from << Integer.SIZE | length;
    }

    /** The whole key. */
    static Routing wholeKey() {
        return key -> key.length;
    }

    /**
     * What stands between the first {@code open} and the next {@code close}, as in {@code
     * user:{42}:name}; the whole key where there is nothing between them.
     */
    static Routing hashTag(char open, char close) {
        if (open <= ' ' || open > '~' || close <= ' ' || close > '~') {
            throw new IllegalArgumentException(
                    "a tag's marks are visible ASCII: open=" + open + " close=" + close);
        }
        return key -> {
            int first = indexOf(key, (byte) open, 0) + 1;
            int end = first == 0 ? -1 : indexOf(key, (byte) close, first);
            return end > first ? part(first, end - first) : key.length;
        };
    }

    /** The key without a prefix, if it has it; what libmemcached hashes of a namespaced key. */
    static Routing withoutPrefix(String prefix) {
        byte[] bytes = prefix.getBytes(UTF_8);
        return key ->
                key.length > bytes.length
                                && Arrays.equals(key, 0, bytes.length, bytes, 0, bytes.length)
                        ? part(bytes.length, key.length - bytes.length)
                        : key.length;
    }

    private static int indexOf(byte[] key, byte wanted, int from) {
        for (int i = from; i < key.length; i++) {
            if (key[i] == wanted) {
                return i;
            }
        }
        return -1;
    }
}
