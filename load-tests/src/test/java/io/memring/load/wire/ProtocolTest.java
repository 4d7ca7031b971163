package io.memring.load.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.memring.load.result.CommandKind;
import io.memring.load.workload.KeySpace;
import io.memring.load.workload.Request;
import io.memring.load.workload.ValueText;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

final class ProtocolTest {
    private static final KeySpace KEYS = new KeySpace("k", 10, 0);
    private static final KeySpace COUNTERS = new KeySpace("c", 10, 0);

    /** Writes down what a protocol makes of replies. */
    private static final class Log implements ReplySink {
        final ArrayDeque<CommandKind> requests = new ArrayDeque<>();
        final List<String> events = new ArrayList<>();

        Log(CommandKind... kinds) {
            requests.addAll(List.of(kinds));
        }

        @Override
        public @Nullable CommandKind current() {
            return requests.peek();
        }

        @Override
        public long currentKey() {
            return 3;
        }

        @Override
        public void onValue(long key, byte[] in, int at, int length, long casUnique) {
            events.add(key + "=" + new String(in, at, length, ISO_8859_1) + "," + casUnique);
        }

        @Override
        public void onDone(Outcome outcome) {
            requests.remove();
            events.add(outcome.name());
        }

        @Override
        public void onError(String text) {
            requests.remove();
            events.add(text);
        }

        @Override
        public void onIncomplete(int length) {}
    }

    private static Protocol protocol(WireName name) {
        return name.protocol(KEYS, COUNTERS, new ValueText());
    }

    private static List<String> parse(WireName name, String replies, CommandKind... kinds)
            throws ReplyException {
        Log log = new Log(kinds);
        byte[] bytes = replies.getBytes(ISO_8859_1);
        assertThat(protocol(name).parse(bytes, 0, bytes.length, log)).isEqualTo(bytes.length);
        return log.events;
    }

    private static String lines(String... lines) {
        return String.join("\r\n", lines) + "\r\n";
    }

    private static String encode(WireName name, CommandKind kind) {
        Request request = new Request(2);
        request.kind = kind;
        request.key = 3;
        request.keys[0] = 1;
        request.keys[1] = 2;
        request.keyCount = 2;
        request.ttl = 60;
        request.casUnique = 77;
        Bytes out = new Bytes();
        protocol(name).encode(request, out);
        return new String(out.array(), 0, out.length(), ISO_8859_1);
    }

    @Test
    void text_requests_areMemcachedsOwn() {
        assertThat(encode(WireName.TEXT, CommandKind.GET)).isEqualTo("get k3\r\n");
        assertThat(encode(WireName.TEXT, CommandKind.MULTIGET)).isEqualTo("get k1 k2\r\n");
        assertThat(encode(WireName.TEXT, CommandKind.SET)).isEqualTo("set k3 0 60 0\r\n\r\n");
        assertThat(encode(WireName.TEXT, CommandKind.CAS)).isEqualTo("cas k3 0 60 0 77\r\n\r\n");
        assertThat(encode(WireName.TEXT, CommandKind.INCR)).isEqualTo("incr c3 1\r\n");
        assertThat(encode(WireName.TEXT, CommandKind.TOUCH)).isEqualTo("touch k3 60\r\n");
    }

    @Test
    void meta_requests_areMemcachedsOwn() {
        assertThat(encode(WireName.META, CommandKind.GET)).isEqualTo("mg k3 v\r\n");
        assertThat(encode(WireName.META, CommandKind.MULTIGET))
                .isEqualTo("mg k1 v k q\r\nmg k2 v k q\r\nmn\r\n");
        assertThat(encode(WireName.META, CommandKind.SET)).isEqualTo("ms k3 0 T60\r\n\r\n");
        assertThat(encode(WireName.META, CommandKind.CAS)).isEqualTo("ms k3 0 T60 C77\r\n\r\n");
        assertThat(encode(WireName.META, CommandKind.DELETE)).isEqualTo("md k3\r\n");
        assertThat(encode(WireName.META, CommandKind.INCR)).isEqualTo("ma c3 N0 J0\r\n");
    }

    @Test
    void text_replies_areTold() throws ReplyException {
        assertThat(
                        parse(
                                WireName.TEXT,
                                lines(
                                        "VALUE k3 0 2 99",
                                        "ab",
                                        "END",
                                        "END",
                                        "STORED",
                                        "NOT_FOUND",
                                        "EXISTS",
                                        "ERROR",
                                        "18446744"),
                                CommandKind.GETS,
                                CommandKind.GET,
                                CommandKind.SET,
                                CommandKind.DELETE,
                                CommandKind.CAS,
                                CommandKind.GET,
                                CommandKind.INCR))
                .containsExactly(
                        "3=ab,99",
                        "FETCHED",
                        "FETCHED",
                        "DONE",
                        "MISSED",
                        "CONFLICT",
                        "ERROR",
                        "DONE");
    }

    @Test
    void meta_replies_areTold() throws ReplyException {
        assertThat(
                        parse(
                                WireName.META,
                                lines(
                                        "VA 2 c99",
                                        "ab",
                                        "EN",
                                        "HD",
                                        "NF",
                                        "EX",
                                        "EN",
                                        "VA 1 kk2",
                                        "x",
                                        "MN",
                                        "SERVER_ERROR no"),
                                CommandKind.GETS,
                                CommandKind.GET,
                                CommandKind.SET,
                                CommandKind.DELETE,
                                CommandKind.CAS,
                                CommandKind.TOUCH,
                                CommandKind.MULTIGET,
                                CommandKind.SET))
                .containsExactly(
                        "3=ab,99",
                        "FETCHED",
                        "FETCHED",
                        "DONE",
                        "MISSED",
                        "CONFLICT",
                        "MISSED",
                        "2=x,0",
                        "FETCHED",
                        "SERVER_ERROR no");
    }

    @Test
    void binary_replies_areTold() throws ReplyException {
        assertThat(
                        parse(
                                WireName.BINARY,
                                frame(0x00, 0, "\0\0\0\0", "", "ab", 99)
                                        + frame(0x0d, 0, "\0\0\0\0", "k2", "x", 0)
                                        + frame(0x0a, 0, "", "", "", 0)
                                        + frame(0x01, 2, "", "", "exists", 0)
                                        + frame(0x04, 1, "", "", "not found", 0)
                                        + frame(0x01, 3, "", "", "Too large.", 0),
                                CommandKind.GETS,
                                CommandKind.MULTIGET,
                                CommandKind.CAS,
                                CommandKind.DELETE,
                                CommandKind.SET))
                .containsExactly(
                        "3=ab,99",
                        "FETCHED",
                        "2=x,0",
                        "FETCHED",
                        "CONFLICT",
                        "MISSED",
                        "status 0x3 Too large.");
    }

    private static String frame(
            int opcode, int status, String extras, String key, String value, long cas) {
        String body = extras + key + value;
        byte[] header =
                ByteBuffer.allocate(24)
                        .put((byte) 0x81)
                        .put((byte) opcode)
                        .putShort((short) key.length())
                        .put((byte) extras.length())
                        .put((byte) 0)
                        .putShort((short) status)
                        .putInt(body.length())
                        .putInt(0)
                        .putLong(cas)
                        .array();
        return new String(header, ISO_8859_1) + body;
    }

    @ParameterizedTest
    @EnumSource(WireName.class)
    void replies_thatMakeNoSense_areRefused(WireName name) {
        String http = "HTTP/1.1 400 Bad Request\r\nServer: x\r\n";
        assertThatThrownBy(() -> parse(name, http, CommandKind.GET))
                .isInstanceOf(ReplyException.class)
                .hasMessage("unexpected reply: HTTP/1.1 400 Bad Request");
    }

    @Test
    void replies_thatNobodyAskedFor_areRefused() {
        assertThatThrownBy(() -> parse(WireName.TEXT, "STORED\r\n"))
                .isInstanceOf(ReplyException.class);
        assertThatThrownBy(() -> parse(WireName.META, "HD\r\n")).isInstanceOf(ReplyException.class);
        assertThatThrownBy(() -> parse(WireName.TEXT, "VALUE k3 0 1\r\nabc", CommandKind.GET))
                .hasMessageContaining("line end");
    }
}
