package io.memring.client.jackson;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.memring.client.codec.Codec;
import io.memring.client.codec.Codecs;

/**
 * Codecs for JSON. The mapper says how; one without default typing constructs what was asked for.
 */
@SuppressWarnings("exports") // Who uses it has the library.
public final class JacksonCodecs {
    private JacksonCodecs() {}

    /** Values of a class. */
    public static <T> Codec<T> json(ObjectMapper mapper, Class<T> type) {
        return json(mapper, mapper.constructType(type));
    }

    /** Values of a generic type, such as a list of users. */
    public static <T> Codec<T> json(ObjectMapper mapper, TypeReference<T> type) {
        return json(mapper, mapper.constructType(type));
    }

    private static <T> Codec<T> json(ObjectMapper mapper, JavaType type) {
        return Codecs.json(
                mapper.writerFor(type)::writeValueAsBytes,
                bytes -> mapper.readerFor(type).readValue(bytes));
    }
}
