package io.memring.protocol.binary;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Replies, byte for byte. */
final class BinaryReplyEncoderTest {
    private final BinaryRequestDecoder request = new BinaryRequestDecoder();
    private final ByteBuf out = Unpooled.buffer();

    private void ask(TestFrame frame) {
        request.decode(Unpooled.wrappedBuffer(frame.bytes()), true);
    }

    private void askGetK() {
        ask(TestFrame.of(0x0c).key("Hello").opaque(0x01020304));
    }

    private void assertWritten(String... parts) {
        assertThat(ByteBufUtil.hexDump(out)).isEqualTo(String.join("", parts));
    }

    private static String hex(String text) {
        return ByteBufUtil.hexDump(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void success_isAHeader() {
        ask(TestFrame.of(0x11).extras(new byte[8]).key("k").opaque(-2));
        BinaryReplyEncoder.success(out, request, 0x1122334455667788L);
        assertWritten("8111000000000000", "00000000", "fffffffe", "1122334455667788");
    }

    @Test
    void item_hasFlagsAndRoomForItsValue() {
        askGetK();
        BinaryReplyEncoder.item(out, request, 0xdeadbeef, 5, 1);
        assertWritten("810c000004000000", "00000009", "01020304", "0000000000000001", "deadbeef");
    }

    @Test
    void itemWithKey_hasTheKeyBehindTheFlags() {
        askGetK();
        BinaryReplyEncoder.itemWithKey(out, request, 7, 100_000, 1);
        assertWritten(
                "810c000504000000",
                String.format(Locale.ROOT, "%08x", 4 + 5 + 100_000),
                "01020304",
                "0000000000000001",
                "00000007",
                hex("Hello"));
    }

    @Test
    void missWithKey_hasNoText() {
        askGetK();
        BinaryReplyEncoder.missWithKey(out, request);
        assertWritten("810c000500000001", "00000005", "01020304", "0000000000000000", hex("Hello"));
    }

    @Test
    void number_isTheBody() {
        ask(TestFrame.of(0x05).extras(new byte[20]).key("n"));
        BinaryReplyEncoder.number(out, request, -1, 2);
        assertWritten(
                "8105000000000000", "00000008", "00000000", "0000000000000002", "ffffffffffffffff");
    }

    @Test
    void stat_hasKeyAndValue_orNeither() {
        ask(TestFrame.of(0x10).opaque(9));
        BinaryReplyEncoder.stat(out, request, "pid", "4711");
        BinaryReplyEncoder.stat(out, request, "", "");
        assertWritten(
                "8110000300000000",
                "00000007",
                "00000009",
                "0000000000000000",
                hex("pid4711"),
                "8110000000000000",
                "00000000",
                "00000009",
                "0000000000000000");
    }

    @Test
    void text_isCountedInBytes() {
        ask(TestFrame.of(0x0b));
        BinaryReplyEncoder.text(out, request, BinaryStatus.AUTH_CONTINUE, "ö☃");
        assertWritten("810b000000000021", "00000005", "00000000", "0000000000000000", hex("ö☃"));
    }

    @ParameterizedTest
    @EnumSource(BinaryStatus.class)
    void error_hasItsText(BinaryStatus status) {
        ask(TestFrame.of(0x77).opaque(3));
        BinaryReplyEncoder.error(out, request, status);
        assertThat(out.readableBytes()).isLessThan(BinaryReplyEncoder.MAX_HEAD);
        assertThat(out.getUnsignedByte(1)).isEqualTo((short) 0x77);
        assertThat(out.getUnsignedShort(6)).isEqualTo(status.code());
        assertThat(out.getInt(8)).isEqualTo(status.text().length());
        assertThat(out.getInt(12)).isEqualTo(3);
        assertThat(out.toString(24, out.readableBytes() - 24, StandardCharsets.US_ASCII))
                .isEqualTo(status.text());
    }
}
