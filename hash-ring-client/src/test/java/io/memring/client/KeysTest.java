package io.memring.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.memring.client.error.InvalidRequestException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KeysTest {
    private static final String LONGEST = "k".repeat(250);

    @ParameterizedTest
    @ValueSource(strings = {"k", "schlüssel", "鍵", "a!~b"})
    void of_plainKey_goesAsItIs(String key) {
        WireKey wireKey = new Keys("", OddKeys.REJECT).of(key);

        assertThat(wireKey.bytes).isEqualTo(key.getBytes(UTF_8));
        assertThat(wireKey.base64).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\r\nflush_all", "a\0", "a\u007f", "a\tb"})
    void of_oddKey_isRefused(String key) {
        assertThatThrownBy(() -> new Keys("", OddKeys.REJECT).of(key))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageNotContainingAny("\n", "\0");
    }

    @Test
    void of_length_countsBytesAndPrefix() {
        assertThat(new Keys("", OddKeys.REJECT).of(LONGEST).bytes).hasSize(250);
        assertThat(new Keys("app:", OddKeys.REJECT).of("k").bytes)
                .isEqualTo("app:k".getBytes(UTF_8));
        assertThatThrownBy(() -> new Keys("a", OddKeys.REJECT).of(LONGEST))
                .hasMessageContaining("length=251");
        assertThatThrownBy(() -> new Keys("", OddKeys.REJECT).of("ü".repeat(126)))
                .hasMessageContaining("length=252");
    }

    @Test
    void hash_oddKeys_getDistinctShortKeys() {
        Keys keys = new Keys("", OddKeys.HASH);
        String one = new String(keys.of(LONGEST + "1").bytes, UTF_8);
        String two = new String(keys.of(LONGEST + "2").bytes, UTF_8);

        assertThat(one).hasSizeLessThan(250).startsWith("kkkk").isNotEqualTo(two);
        assertThat(new String(keys.of("a b").bytes, UTF_8))
                .startsWith("a_b#")
                .isNotEqualTo(new String(keys.of("a_b").bytes, UTF_8));
        assertThat(keys.of("plain").bytes).isEqualTo("plain".getBytes(UTF_8));
        assertThat(keys.of("a b").routing).isEqualTo("a b".getBytes(UTF_8));
    }

    @Test
    void base64_oddKeys_travelEncoded() {
        Keys keys = new Keys("", OddKeys.BASE64);

        assertThat(keys.of("a b").bytes).isEqualTo("YSBi".getBytes(UTF_8));
        assertThat(keys.of("a b").base64).isTrue();
        assertThat(keys.of("plain").base64).isFalse();
        assertThatThrownBy(() -> keys.of(LONGEST + "1"))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> keys.of("")).isInstanceOf(InvalidRequestException.class);
    }
}
