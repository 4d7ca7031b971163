package io.memring.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.memring.client.codec.Codec;
import io.memring.client.codec.Codecs;
import io.memring.client.codec.Encoded;
import io.memring.client.error.CodecException;
import io.memring.client.jackson.JacksonCodecs;

import org.junit.jupiter.api.Test;

import java.util.List;

final class JacksonCodecsTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** A value with fields. */
    record User(String name, int age) {}

    private final Codec<User> users = JacksonCodecs.json(MAPPER, User.class);

    @Test
    void json_record_comesBack() {
        User user = new User("Grüße", 42);
        Encoded encoded = users.encode(user);

        assertThat(new String(encoded.bytes(), UTF_8)).isEqualTo("{\"name\":\"Grüße\",\"age\":42}");
        assertThat(users.decode(encoded.clientFlags(), encoded.bytes())).isEqualTo(user);
        assertThat(users.decode(0, encoded.bytes())).isEqualTo(user);
    }

    @Test
    void json_genericType_comesBack() {
        Codec<List<User>> lists = JacksonCodecs.json(MAPPER, new TypeReference<>() {});
        Encoded encoded = lists.encode(List.of(new User("a", 1)));

        assertThat(lists.decode(encoded.clientFlags(), encoded.bytes()))
                .containsExactly(new User("a", 1));
    }

    @Test
    void json_somethingElse_isRefused() {
        Encoded text = Codecs.string().encode("{}");

        assertThatThrownBy(() -> users.decode(text.clientFlags(), text.bytes()))
                .isInstanceOf(CodecException.class);
        assertThatThrownBy(() -> users.decode(0, "[".getBytes(UTF_8)))
                .isInstanceOf(CodecException.class);
    }
}
