package io.memring.client.connection;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.memring.client.connection.ReplyReader.Progress;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Every sample whole, byte by byte, and cut at each place. */
final class TextReplyReaderTest {
    private static final int MAX_VALUE = 1000;

    /** Bytes, and what they mean. */
    record Sample(String bytes, String meaning) {}

    static Stream<Sample> samples() {
        return Stream.of(
                new Sample("HD\r\n", "DONE"),
                new Sample("HD O17 c18446744073709551615\r\n", "DONE O17 c-1"),
                new Sample("MN\r\n", "DONE"),
                new Sample("OK\r\n", "DONE"),
                new Sample("EN\r\n", "MISS"),
                new Sample("EN O1\r\n", "MISS O1"),
                new Sample("NS O1\r\n", "NOT_STORED O1"),
                new Sample("EX O1\r\n", "EXISTS O1"),
                new Sample("NF O1\r\n", "NOT_FOUND O1"),
                new Sample("VA 5 f7 O2\r\nhello\r\n", "VALUE O2 f7 'hello'"),
                new Sample("VA 0 W c3 f0 t-1\r\n\r\n", "VALUE c3 W ''"),
                new Sample("VA 2 s2 t30 Z X f4294967295\r\n\r\n\r\n", "VALUE f-1 t30 X Z '\r\n'"),
                new Sample("VA 1 kfoo b h1 l9\r\nx\r\n", "VALUE h l9 'x'"),
                new Sample("STORED\r\n", "DONE"),
                new Sample("NOT_STORED\r\n", "NOT_STORED"),
                new Sample("EXISTS\r\n", "EXISTS"),
                new Sample("NOT_FOUND\r\n", "NOT_FOUND"),
                new Sample("DELETED\r\n", "DONE"),
                new Sample("TOUCHED\r\n", "DONE"),
                new Sample("42\r\n", "VALUE '42'"),
                new Sample("END\r\n", "MISS END"),
                new Sample("VALUE k 3 2 9\r\nhi\r\nEND\r\n", "VALUE k END c9 f3 'hi'"),
                new Sample("VALUE k 0 5\r\nEND\r\n\r\nEND\r\n", "VALUE k END 'END\r\n'"),
                new Sample("VALUE k 4294967295 0\r\n\r\nEND\r\n", "VALUE k END f-1 ''"),
                new Sample("CONFIG cluster 0 2\r\nhi\r\nEND\r\n", "VALUE cluster END 'hi'"),
                new Sample("STAT a 1\r\nSTAT b 2\r\nEND\r\n", "LINES [STAT a 1, STAT b 2]"),
                new Sample("VERSION 1.6.45\r\n", "DONE"),
                new Sample("ERROR\r\n", "ERROR"),
                new Sample("CLIENT_ERROR bad\r\n", "ERROR"),
                new Sample("SERVER_ERROR out of memory\r\n", "ERROR"));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void read_whole_understands(Sample sample) {
        assertThat(readAll(sample.bytes())).containsExactly(sample.meaning());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void read_cutAnywhere_understandsTheSame(Sample sample) {
        for (int cut = 1; cut < sample.bytes().length(); cut++) {
            assertThat(readAll(sample.bytes().substring(0, cut), sample.bytes().substring(cut)))
                    .as("cut at %d", cut)
                    .containsExactly(sample.meaning());
        }
        assertThat(readAll(sample.bytes().split(""))).containsExactly(sample.meaning());
    }

    @Test
    void read_manyReplies_eachOnItsOwn() {
        StringBuilder all = new StringBuilder();
        List<String> meanings = new ArrayList<>();
        samples()
                .forEach(
                        sample -> {
                            all.append(sample.bytes());
                            meanings.add(sample.meaning());
                        });

        assertThat(readAll(all.toString())).isEqualTo(meanings);
    }

    @Test
    void read_listOfValues_eachOnItsOwnAndTheLastWithTheEnd() {
        String list = "VALUE a 0 1\r\nx\r\nVALUE b 1 5\r\nEND\r\n\r\nVALUE c 0 0\r\n\r\nEND\r\n";
        String[] meanings = {"VALUE a 'x'", "VALUE b f1 'END\r\n'", "VALUE c END ''", "MISS"};

        assertThat(readAll(list + "EN\r\n")).containsExactly(meanings);
        assertThat(readAll((list + "EN\r\n").split(""))).containsExactly(meanings);
    }

    @Test
    void read_errorInAList_isAReplyOfItsOwn() {
        assertThat(readAll("VALUE a 0 1\r\nx\r\n", "E", "RROR\r\n"))
                .containsExactly("VALUE a 'x'", "ERROR");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\n",
                "\n",
                "HD\n",
                "XX\r\n",
                "VA\r\n",
                "VA x\r\n",
                "VA -1\r\n",
                "VA 1001\r\n",
                "VA 99999999999999999999999\r\n",
                "VA 2 f1\r\nabc\r\n",
                "HD  O1\r\n",
                "HD O1x\r\n",
                "HD W1x\n",
                "HELLO\r\n",
                "VALUE k 0\r\n",
                "VALUE k 0 99999\r\n",
                "VALUE k 0 1\r\nxSTORED\r\n",
                "VALUE  0 1\r\nx\r\n",
                "VALUE k 0 1 x\r\nx\r\n",
                "VALUE k 0 1 7 \r\nx\r\n",
                "VALUE k 0 1x\r\nx\r\n",
            })
    void read_garbage_isMalformed(String bytes) {
        ByteBuf in = Unpooled.copiedBuffer(bytes, ISO_8859_1);
        TextReplyReader reader = new TextReplyReader(MAX_VALUE);

        assertThat(reader.read(in)).isEqualTo(Progress.MALFORMED);
    }

    @Test
    void read_endlessLine_isMalformed() {
        ByteBuf in = Unpooled.copiedBuffer("x".repeat(8192), ISO_8859_1);

        assertThat(new TextReplyReader(MAX_VALUE).read(in)).isEqualTo(Progress.MALFORMED);
    }

    private static List<String> readAll(String... parts) {
        TextReplyReader reader = new TextReplyReader(MAX_VALUE);
        ByteBuf in = Unpooled.buffer();
        List<String> meanings = new ArrayList<>();
        for (String part : parts) {
            in.writeBytes(part.getBytes(ISO_8859_1));
            Progress progress = Progress.COMPLETE;
            while (in.isReadable() && progress == Progress.COMPLETE) {
                progress = reader.read(in);
                if (progress == Progress.COMPLETE) {
                    meanings.add(meaning(reader.reply));
                }
            }
            assertThat(progress).isNotEqualTo(Progress.MALFORMED);
        }
        assertThat(in.isReadable()).isFalse();
        return meanings;
    }

    private static String meaning(Reply reply) {
        StringBuilder text = new StringBuilder(reply.code.name());
        text.append(reply.key.length == 0 ? "" : " " + new String(reply.key, ISO_8859_1));
        text.append(reply.endsList ? " END" : "");
        text.append(reply.opaque == Reply.NO_OPAQUE ? "" : " O" + reply.opaque);
        text.append(reply.cas == 0 ? "" : " c" + reply.cas);
        text.append(reply.clientFlags == 0 ? "" : " f" + reply.clientFlags);
        text.append(reply.fetched ? " h" : "");
        text.append(reply.lastAccessSeconds == 0 ? "" : " l" + reply.lastAccessSeconds);
        text.append(reply.ttlSeconds == Reply.NO_TTL ? "" : " t" + reply.ttlSeconds);
        text.append(reply.won ? " W" : "").append(reply.stale ? " X" : "");
        text.append(reply.winGiven ? " Z" : "");
        if (reply.code == ReplyCode.VALUE) {
            text.append(" '").append(new String(reply.value, ISO_8859_1)).append('\'');
        }
        return text.append(reply.lines.isEmpty() ? "" : " " + reply.lines).toString();
    }
}
