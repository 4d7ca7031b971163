package io.memring.client.codec;

import io.memring.client.error.CodecException;

/**
 * Turns values into bytes and back. {@link Codecs} has the usual ones; one of your own takes a line
 * with {@link Codecs#of}:
 *
 * <pre>{@code
 * Codec<User> users =
 *     Codecs.of(20, mapper::writeValueAsBytes, b -> mapper.readValue(b, User.class));
 * }</pre>
 *
 * <p>Many threads use one at the same time: callers encode, event loops decode, and must not be
 * made to wait.
 *
 * @param <T> the values; never null
 */
public interface Codec<T> {

    /**
     * The stored form of a value.
     *
     * @throws CodecException if it has none
     */
    Encoded encode(T value);

    /**
     * The value that is stored.
     *
     * @throws CodecException if something else is stored
     */
    T decode(int clientFlags, byte[] bytes);
}
