package io.memring.client.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.memring.client.error.CodecException;

import net.rubyeye.xmemcached.transcoders.SerializingTranscoder;
import net.spy.memcached.CachedData;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.ObjectInputFilter;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

final class CodecsTest {
    private static final ObjectInputFilter LISTS =
            ObjectInputFilter.Config.createFilter("java.util.ArrayList;java.lang.*;!*");

    static Stream<Object> foreignValues() {
        return Stream.of(
                "text with ümlaut",
                true,
                false,
                42,
                -42,
                1L << 40,
                (byte) -7,
                1.5f,
                -2.25,
                "x".repeat(50_000),
                new ArrayList<>(List.of("a", "b")));
    }

    @Test
    void string_anyText_comesBack() {
        Encoded encoded = Codecs.string().encode("grüße");

        assertThat(encoded.clientFlags()).isNotZero();
        assertThat(Codecs.string().decode(encoded.clientFlags(), encoded.bytes()))
                .isEqualTo("grüße");
        assertThat(Codecs.string().decode(0, "foreign".getBytes(UTF_8))).isEqualTo("foreign");
    }

    @Test
    void decode_anotherCodecsValue_isRefused() {
        Encoded encoded = Codecs.longs().encode(42L);

        assertThatThrownBy(() -> Codecs.string().decode(encoded.clientFlags(), encoded.bytes()))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("another codec");
        assertThat(Codecs.longs().decode(0, "18446744073709551615 ".getBytes(UTF_8)))
                .isEqualTo(-1L);
        assertThatThrownBy(() -> Codecs.longs().decode(0, "x".getBytes(UTF_8)))
                .isInstanceOf(CodecException.class);
    }

    @Test
    void of_ownCodec_hasItsOwnIdentity() {
        Codec<LocalDate> dates =
                Codecs.of(
                        20,
                        date -> date.toString().getBytes(UTF_8),
                        bytes -> LocalDate.parse(new String(bytes, UTF_8)));
        Encoded encoded = dates.encode(LocalDate.of(2026, 11, 21));

        assertThat(dates.decode(encoded.clientFlags(), encoded.bytes()))
                .isEqualTo(LocalDate.of(2026, 11, 21));
        assertThatThrownBy(() -> dates.decode(0, encoded.bytes()))
                .isInstanceOf(CodecException.class);
        assertThatThrownBy(() -> Codecs.of(3, date -> new byte[0], bytes -> ""))
                .hasMessageContaining("id=3");
    }

    @ParameterizedTest
    @EnumSource
    void compressed_longText_isSmallerAndComesBack(Compression compression) {
        Codec<String> codec = Codecs.compressed(Codecs.string(), compression, 100);
        String text = "abc".repeat(1000);
        Encoded encoded = codec.encode(text);

        assertThat(encoded.bytes()).hasSizeLessThan(200);
        assertThat(codec.decode(encoded.clientFlags(), encoded.bytes())).isEqualTo(text);
        assertThatThrownBy(() -> codec.decode(encoded.clientFlags(), new byte[] {1, 2, 3}))
                .isInstanceOf(CodecException.class);
    }

    @Test
    void compressed_shortOrDenseValues_stayAsTheyAre() {
        Codec<byte[]> codec = Codecs.compressed(Codecs.bytes(), Compression.DEFLATE, 10);
        byte[] dense = new byte[64];
        new java.util.Random(1).nextBytes(dense);

        assertThat(codec.encode(new byte[9]).bytes()).hasSize(9);
        assertThat(codec.encode(dense).bytes()).isEqualTo(dense);
    }

    @Test
    void serialized_allowedClass_comesBackAndOthersDoNot() {
        ObjectInputFilter datesOnly =
                ObjectInputFilter.Config.createFilter("java.time.*;java.lang.*;!*");
        Codec<LocalDate> dates = Codecs.serialized(LocalDate.class, datesOnly);
        Encoded date = dates.encode(LocalDate.of(2026, 11, 21));
        Codec<LocalDate> undecided =
                Codecs.serialized(LocalDate.class, info -> ObjectInputFilter.Status.UNDECIDED);

        assertThat(dates.decode(date.clientFlags(), date.bytes()))
                .isEqualTo(LocalDate.of(2026, 11, 21));
        assertThatThrownBy(() -> undecided.decode(date.clientFlags(), date.bytes()))
                .isInstanceOf(CodecException.class);
        Encoded locale = Codecs.serialized(Locale.class, datesOnly).encode(Locale.ROOT);
        assertThatThrownBy(() -> dates.decode(locale.clientFlags(), locale.bytes()))
                .isInstanceOf(CodecException.class);
    }

    @ParameterizedTest
    @MethodSource("foreignValues")
    void spymemcached_itsValues_areRead(Object value) {
        CachedData stored = new net.spy.memcached.transcoders.SerializingTranscoder().encode(value);

        assertThat(Codecs.spymemcached(LISTS).decode(stored.getFlags(), stored.getData()))
                .isEqualTo(value);
    }

    @ParameterizedTest
    @MethodSource("foreignValues")
    void xmemcached_itsValues_areRead(Object value) {
        net.rubyeye.xmemcached.transcoders.CachedData stored =
                new SerializingTranscoder().encode(value);

        assertThat(Codecs.xmemcached(LISTS).decode(stored.getFlag(), stored.getData()))
                .isEqualTo(value);
    }

    @Test
    void foreign_text_isReadByTheOtherSide() {
        Encoded encoded = Codecs.spymemcached(LISTS).encode("text");
        CachedData stored =
                new CachedData(encoded.clientFlags(), encoded.bytes(), CachedData.MAX_SIZE);

        assertThat(new net.spy.memcached.transcoders.SerializingTranscoder().decode(stored))
                .isEqualTo("text");
        assertThatThrownBy(() -> Codecs.php().encode(42)).isInstanceOf(CodecException.class);
    }

    @Test
    void php_scalars_areRead() {
        assertThat(Codecs.php().decode(0, "text".getBytes(UTF_8))).isEqualTo("text");
        assertThat(Codecs.php().decode(1, "-42".getBytes(UTF_8))).isEqualTo(-42L);
        assertThat(Codecs.php().decode(2, "1.5".getBytes(UTF_8))).isEqualTo(1.5);
        assertThat(Codecs.php().decode(3, "1".getBytes(UTF_8))).isEqualTo(true);
        assertThat(Codecs.php().decode(3, "".getBytes(UTF_8))).isEqualTo(false);
        assertThatThrownBy(() -> Codecs.php().decode(4, "a:0:{}".getBytes(UTF_8)))
                .isInstanceOf(CodecException.class);
    }
}
