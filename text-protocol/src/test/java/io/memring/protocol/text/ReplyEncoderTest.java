package io.memring.protocol.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import java.util.function.Consumer;

/** What the encoders put on the wire. */
class ReplyEncoderTest {
    private static final ByteBuf KEY =
            Unpooled.unreleasableBuffer(
                    Unpooled.wrappedBuffer("..a-key..".getBytes(StandardCharsets.US_ASCII)));

    @ParameterizedTest
    @EnumSource(TextReply.class)
    void reply_isItsNameAndLineEnd(TextReply reply) {
        assertThat(written(reply::writeTo)).isEqualTo(reply.name() + "\r\n");
    }

    @ParameterizedTest
    @EnumSource(TextError.class)
    void error_isItsTextAndLineEnd(TextError error) {
        assertThat(written(error::writeTo)).isEqualTo(error.text() + "\r\n");
        assertThat(error.text()).matches("(CLIENT_ERROR |SERVER_ERROR:? |ERROR ).*");
    }

    @Test
    void value_hasKeyFlagsAndLength() {
        assertThat(written(out -> TextReplyEncoder.value(out, KEY, 2, 5, -1, 100)))
                .isEqualTo("VALUE a-key 4294967295 100\r\n");
        assertThat(written(out -> TextReplyEncoder.value(out, KEY, 8, 1, 0, 0)))
                .isEqualTo("VALUE . 0 0\r\n");
    }

    @Test
    void valueWithCas_hasUnsignedCas() {
        assertThat(written(out -> TextReplyEncoder.valueWithCas(out, KEY, 0, 9, 7, 1_048_576, -1)))
                .isEqualTo("VALUE ..a-key.. 7 1048576 18446744073709551615\r\n");
    }

    @Test
    void valueWithCas_longest_fitsTheStatedRoom() {
        ByteBuf key = Unpooled.copiedBuffer("k".repeat(250), StandardCharsets.US_ASCII);
        ByteBuf out =
                Unpooled.directBuffer(
                        TextReplyEncoder.MAX_VALUE_HEADER, TextReplyEncoder.MAX_VALUE_HEADER);
        try {
            TextReplyEncoder.valueWithCas(out, key, 0, 250, -1, Integer.MAX_VALUE, -1);
            assertThat(out.readableBytes()).isEqualTo(301);
        } finally {
            key.release();
            out.release();
        }
    }

    @Test
    void number_anyUnsigned_isDecimal() {
        long power = 1;
        for (int i = 0; i < 20; i++, power *= 10) {
            assertNumber(power - 1);
            assertNumber(power);
            assertNumber(power + 1);
        }
        long seed = new Random().nextLong();
        System.out.println("number_anyUnsigned_isDecimal seed=" + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 100_000; i++) {
            assertNumber(random.nextLong() >>> random.nextInt(64));
        }
    }

    private static void assertNumber(long number) {
        String written = written(out -> TextReplyEncoder.number(out, number));
        assertThat(written).isEqualTo(Long.toUnsignedString(number) + "\r\n");
    }

    @Test
    void stat_isALine() {
        assertThat(written(out -> TextReplyEncoder.stat(out, "pid", "12")))
                .isEqualTo("STAT pid 12\r\n");
    }

    @Test
    void metaReply_isPutTogetherInOrder() {
        String reply =
                written(
                        out -> {
                            MetaReplyEncoder.valueCode(out, 12345);
                            MetaReplyEncoder.flag(out, 's', 0);
                            MetaReplyEncoder.ttl(out, 't', -1);
                            MetaReplyEncoder.ttl(out, 'T', 2_592_000);
                            MetaReplyEncoder.flag(out, 'c', -2);
                            MetaReplyEncoder.flag(out, 'k', KEY, 2, 5);
                            MetaReplyEncoder.flag(out, 'O', KEY, 9, 0);
                            MetaReplyEncoder.flag(out, 'W');
                            TextReplyEncoder.crlf(out);
                        });
        assertThat(reply)
                .isEqualTo("VA 12345 s0 t-1 T2592000 c18446744073709551614 ka-key O W\r\n");
    }

    @ParameterizedTest
    @EnumSource(MetaCode.class)
    void metaCode_isItsName(MetaCode code) {
        assertThat(written(out -> MetaReplyEncoder.code(out, code))).isEqualTo(code.name());
    }

    @Test
    void base64_ofAnyKey_isStandardAndDecodesBack() {
        Random random = new Random(7);
        for (int length = 1; length <= 186; length++) {
            byte[] key = new byte[length];
            random.nextBytes(key);
            ByteBuf source = Unpooled.copiedBuffer(key);
            String encoded = Base64.getEncoder().encodeToString(key);
            assertThat(written(out -> MetaReplyEncoder.base64(out, source, 0, key.length)))
                    .isEqualTo(" k" + encoded);
            source.release();
            assertDecodesTo(encoded, key);
        }
    }

    private static void assertDecodesTo(String encoded, byte[] key) {
        ByteBuf in = Unpooled.copiedBuffer("mg " + encoded + " b\r\n", StandardCharsets.US_ASCII);
        TextRequestDecoder decoder = new TextRequestDecoder();
        assertThat(decoder.decode(in)).isEqualTo(Verb.META_GET);
        byte[] decoded = new byte[decoder.keyLength()];
        decoder.keyBuffer().getBytes(decoder.keyIndex(), decoded);
        assertThat(decoded).isEqualTo(key);
        in.release();
    }

    /** What goes out, from a buffer that must grow unless the room is stated by the caller. */
    private static String written(Consumer<ByteBuf> encoder) {
        ByteBuf out = Unpooled.buffer(TextReplyEncoder.MAX_VALUE_HEADER);
        try {
            encoder.accept(out);
            return out.toString(StandardCharsets.ISO_8859_1);
        } finally {
            out.release();
        }
    }
}
