package io.memring.client.connection;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.memring.client.connection.ReplyReader.Progress;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What replies of the binary protocol mean. */
final class BinaryReplyReaderTest {
    private final BinaryReplyReader reader = new BinaryReplyReader(1000);
    private final ByteBuf in = Unpooled.buffer();

    private void frame(int opcode, int status, int opaque, String extras, String... keyAndValue) {
        String key = keyAndValue.length > 1 ? keyAndValue[0] : "";
        String value = keyAndValue.length == 0 ? "" : keyAndValue[keyAndValue.length - 1];
        in.writeByte(0x81).writeByte(opcode).writeShort(key.length()).writeByte(extras.length());
        in.writeByte(0).writeShort(status);
        in.writeInt(extras.length() + key.length() + value.length());
        in.writeInt(opaque).writeLong(42);
        in.writeCharSequence(extras + key + value, ISO_8859_1);
    }

    private Reply read() {
        assertThat(reader.read(in)).isEqualTo(Progress.COMPLETE);
        return reader.reply;
    }

    @Test
    void item_hasValueFlagsAndCas() {
        frame(0x09, 0, 7, "\0\0\0\5", "value");
        Reply reply = read();

        assertThat(reply.code()).isEqualTo(ReplyCode.VALUE);
        assertThat(reply.value()).isEqualTo("value".getBytes(ISO_8859_1));
        assertThat(reply.clientFlags()).isEqualTo(5);
        assertThat(reply.cas()).isEqualTo(42);
        assertThat(reply.opaque).isEqualTo(7);
        assertThat(reply.ttlSeconds()).isEqualTo(Reply.NO_TTL);
    }

    @ParameterizedTest
    @CsvSource({
        "0x01, 0x00, DONE",
        "0x04, 0x00, DONE",
        "0x0a, 0x00, DONE",
        "0x1c, 0x00, DONE",
        "0x00, 0x01, MISS",
        "0x1d, 0x01, MISS",
        "0x01, 0x01, NOT_FOUND",
        "0x04, 0x01, NOT_FOUND",
        "0x05, 0x01, NOT_FOUND",
        "0x1c, 0x01, NOT_FOUND",
        "0x03, 0x01, NOT_STORED",
        "0x01, 0x02, EXISTS",
        "0x02, 0x02, NOT_STORED",
        "0x0e, 0x05, NOT_STORED",
        "0x01, 0x03, ERROR",
        "0x05, 0x06, ERROR",
        "0x00, 0x20, ERROR",
        "0x01, 0x82, ERROR",
        "0x01, 0x99, ERROR",
        "0x21, 0x21, VALUE",
        "0x21, 0x00, DONE",
    })
    void status_byOpcode_isACode(String opcode, String status, ReplyCode code) {
        frame(Integer.decode(opcode), Integer.decode(status), 3, "", "text");
        Reply reply = read();

        assertThat(reply.code()).isEqualTo(code);
        assertThat(reply.opaque).isEqualTo(3);
        if (code == ReplyCode.ERROR) {
            assertThat(reply.text()).startsWith("text");
        }
    }

    @Test
    void number_isToldAsText() {
        frame(0x05, 0, 1, "", "\377\377\377\377\377\377\377\377");
        assertThat(read().value()).isEqualTo("18446744073709551615".getBytes(ISO_8859_1));
    }

    @Test
    void version_isToldAsALine() {
        frame(0x0b, 0, 1, "", "1.6.45");
        assertThat(read().text()).isEqualTo("VERSION 1.6.45");
    }

    @Test
    void statistics_areOneReply_eachTime() {
        for (int i = 0; i < 2; i++) {
            frame(0x10, 0, 9, "", "pid", "1");
            frame(0x10, 0, 9, "", "uptime", "2 s");
            assertThat(reader.read(in)).isEqualTo(Progress.INCOMPLETE);
            frame(0x10, 0, 9, "");
            Reply reply = read();
            assertThat(reply.code()).isEqualTo(ReplyCode.LINES);
            assertThat(reply.lines()).containsExactly("STAT pid 1", "STAT uptime 2 s");
            assertThat(reply.opaque).isEqualTo(9);
        }
    }

    @Test
    void pieces_anyCut_giveTheSameReply() {
        frame(0x00, 0, 7, "\0\0\0\5", "value");
        ByteBuf whole = in.copy();
        for (int cut = 0; cut < whole.readableBytes(); cut++) {
            in.clear().writeBytes(whole, 0, cut);
            assertThat(reader.read(in)).isEqualTo(Progress.INCOMPLETE);
            in.writeBytes(whole, cut, whole.readableBytes() - cut);
            assertThat(read().value()).isEqualTo("value".getBytes(ISO_8859_1));
        }
    }

    @Test
    void garbage_isMalformed() {
        in.writeCharSequence("ERROR\r\n", ISO_8859_1);
        assertThat(reader.read(in)).isEqualTo(Progress.MALFORMED);
        in.clear();
        frame(0x77, 0, 1, "");
        assertThat(reader.read(in)).isEqualTo(Progress.MALFORMED);
        in.clear();
        frame(0x00, 0, 1, "", "x".repeat(10_000));
        assertThat(reader.read(in)).isEqualTo(Progress.MALFORMED);
    }
}
