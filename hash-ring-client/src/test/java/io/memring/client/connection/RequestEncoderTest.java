package io.memring.client.connection;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;

final class RequestEncoderTest {
    private static final byte[] KEY = "key".getBytes(ISO_8859_1);
    private static final byte[] VALUE = "value".getBytes(ISO_8859_1);

    @Test
    void meta_everyKind_isWrittenInOneLine() {
        assertThat(meta(of(RequestKind.GET).wantsValue())).isEqualTo("mg key v f O1\r\n");
        assertThat(meta(of(RequestKind.GET).lease(30).recache(5)))
                .isEqualTo("mg key N30 R5 O1\r\n");
        assertThat(meta(of(RequestKind.GET_AND_TOUCH).wantsValue().exptime(60)))
                .isEqualTo("mg key v f T60 O1\r\n");
        assertThat(meta(of(RequestKind.TOUCH).exptime(60))).isEqualTo("mg key T60 O1\r\n");
        assertThat(meta(store(RequestKind.SET)))
                .isEqualTo("ms key 5 F4294967295 T60 O1\r\nvalue\r\n");
        assertThat(meta(store(RequestKind.ADD)))
                .isEqualTo("ms key 5 ME F4294967295 T60 O1\r\nvalue\r\n");
        assertThat(meta(store(RequestKind.REPLACE)))
                .isEqualTo("ms key 5 MR F4294967295 T60 O1\r\nvalue\r\n");
        assertThat(meta(store(RequestKind.APPEND))).isEqualTo("ms key 5 MA O1\r\nvalue\r\n");
        assertThat(meta(store(RequestKind.PREPEND))).isEqualTo("ms key 5 MP O1\r\nvalue\r\n");
        assertThat(meta(store(RequestKind.COMPARE_AND_SET).cas(-1)))
                .isEqualTo("ms key 5 F4294967295 T60 C18446744073709551615 O1\r\nvalue\r\n");
        assertThat(meta(of(RequestKind.DELETE))).isEqualTo("md key O1\r\n");
        assertThat(meta(of(RequestKind.COMPARE_AND_DELETE).cas(7))).isEqualTo("md key C7 O1\r\n");
        assertThat(meta(of(RequestKind.MARK_STALE).exptime(9))).isEqualTo("md key I T9 O1\r\n");
        assertThat(meta(of(RequestKind.INCREMENT).delta(2))).isEqualTo("ma key D2 v O1\r\n");
        assertThat(meta(of(RequestKind.INCREMENT).delta(2).initial(10, 60)))
                .isEqualTo("ma key D2 N60 J10 v O1\r\n");
        assertThat(meta(of(RequestKind.DECREMENT).delta(2))).isEqualTo("ma key MD D2 v O1\r\n");
        assertThat(meta(of(RequestKind.PROBE))).isEqualTo("mn\r\n");
        assertThat(meta(of(RequestKind.FLUSH_ALL))).isEqualTo("flush_all\r\n");
        assertThat(text(of(RequestKind.STATS))).isEqualTo("stats\r\n");
        assertThat(meta(of(RequestKind.LINE).value(0, "stats\r\n".getBytes(ISO_8859_1))))
                .isEqualTo("stats\r\n");
        assertThat(meta(new Request<>(RequestKind.DELETE, Reply::code).key(KEY, true)))
                .isEqualTo("md key b O1\r\n");
    }

    @Test
    void text_everyKind_isWrittenInOneLine() {
        assertThat(text(of(RequestKind.GET).wantsValue())).isEqualTo("gets key\r\n");
        assertThat(text(of(RequestKind.GET_AND_TOUCH).exptime(60))).isEqualTo("gats 60 key\r\n");
        assertThat(text(of(RequestKind.TOUCH).exptime(60))).isEqualTo("touch key 60\r\n");
        assertThat(text(store(RequestKind.SET))).isEqualTo("set key 4294967295 60 5\r\nvalue\r\n");
        assertThat(text(store(RequestKind.PREPEND)))
                .isEqualTo("prepend key 4294967295 60 5\r\nvalue\r\n");
        assertThat(text(store(RequestKind.COMPARE_AND_SET).cas(7)))
                .isEqualTo("cas key 4294967295 60 5 7\r\nvalue\r\n");
        assertThat(text(of(RequestKind.DELETE))).isEqualTo("delete key\r\n");
        assertThat(text(of(RequestKind.INCREMENT).delta(-1)))
                .isEqualTo("incr key 18446744073709551615\r\n");
        assertThat(text(of(RequestKind.DECREMENT).delta(1))).isEqualTo("decr key 1\r\n");
        assertThat(text(of(RequestKind.PROBE))).isEqualTo("version\r\n");
    }

    @ParameterizedTest
    @EnumSource(
            value = RequestKind.class,
            names = {"MARK_STALE", "COMPARE_AND_DELETE"})
    void text_metaKinds_areUnsupported(RequestKind kind) {
        assertThat(WireFormat.TEXT.encoder.unsupported(of(kind))).isNotNull();
        assertThat(WireFormat.META.encoder.unsupported(of(kind))).isNull();
    }

    @Test
    void text_metaAttributes_areUnsupported() {
        for (Request<ReplyCode> request :
                List.of(
                        of(RequestKind.GET).lease(1),
                        of(RequestKind.GET).recache(1),
                        of(RequestKind.INCREMENT).initial(1, 1),
                        of(RequestKind.GET).key(KEY, true))) {
            assertThat(WireFormat.TEXT.encoder.unsupported(request)).isNotNull();
        }
        assertThat(WireFormat.TEXT.encoder.unsupported(of(RequestKind.GET))).isNull();
    }

    @Test
    void bulkGet_keys_areNumberedInARow() {
        BulkGet request =
                new BulkGet(new byte[][] {KEY, VALUE}, new boolean[2], (index, reply) -> {});

        assertThat(written(WireFormat.META, request.wantsValue()))
                .isEqualTo("mg key v f O1\r\nmg value v f O2\r\n");
        assertThat(request.matches(numbered(1))).isTrue();
        assertThat(request.matches(numbered(2))).isFalse();
        assertThat(request.isLastReply(reply(1))).isFalse();
        request.accept(reply(1));
        assertThat(request.matches(numbered(1))).isFalse();
        assertThat(request.matches(numbered(2))).isTrue();
        assertThat(request.isLastReply(reply(2))).isTrue();
        request.accept(reply(2));
        assertThat(request).isCompleted();
    }

    private static Reply reply(long opaque) {
        Reply reply = new Reply();
        reply.opaque = opaque;
        return reply;
    }

    @Test
    void bulkGet_missesLeftOut_areToldFromTheNumbersOfTheRest() {
        List<String> results = new ArrayList<>();
        BulkGet request =
                new BulkGet(
                        new byte[][] {KEY, KEY, KEY, KEY},
                        new boolean[4],
                        (index, reply) -> results.add(index + " " + reply.code()));
        String frames = written(WireFormat.BINARY, request.wantsValue());

        assertThat(frames.chars().filter(b -> b == 0x80)).hasSize(5);
        assertThat(frames.charAt(1)).isEqualTo((char) 0x09);
        assertThat(frames.charAt(frames.length() - 23)).isEqualTo((char) 0x0a);
        request.accept(reply(2));
        assertThat(request.matches(numbered(1))).isFalse();
        assertThat(request.matches(numbered(2))).isFalse();
        assertThat(request.isLastReply(reply(3))).isFalse();
        request.accept(reply(3));
        assertThat(request.matches(numbered(6))).isFalse();
        assertThat(request.matches(numbered(5))).isTrue();
        assertThat(request.isLastReply(reply(5))).isTrue();
        assertThat(request).isNotCompleted();
        request.accept(reply(5));

        assertThat(request).isCompleted();
        assertThat(results).containsExactly("0 MISS", "1 DONE", "2 DONE", "3 MISS");
    }

    @Test
    void bulkGet_severalKeys_areListedButForTheLast() {
        List<String> results = new ArrayList<>();
        BulkGet request = listing(results);

        assertThat(written(WireFormat.META, request.wantsValue()))
                .isEqualTo("get a b c\r\nmg d v f O1\r\n");
        assertThat(request.matches(listed("d", false))).isFalse();
        assertThat(request.matches(reply(1))).isFalse();
        assertThat(request.matches(listed("b", false))).isTrue();
        assertThat(request.isLastReply(listed("b", false))).isFalse();
        request.accept(listed("b", false));
        assertThat(request.matches(listed("a", true))).isFalse();
        assertThat(request.matches(listed("b", true))).isFalse();
        assertThat(request.matches(numbered(1))).isFalse();
        assertThat(request.matches(endOfList())).isTrue();
        request.accept(endOfList());
        // Nothing is believed to be missing as long as an END may have been somebody else's.
        assertThat(results).containsExactly("1 VALUE");
        assertThat(request.matches(endOfList())).isFalse();
        assertThat(request.matches(numbered(2))).isFalse();
        assertThat(request.matches(numbered(1))).isTrue();
        assertThat(request.isLastReply(reply(1))).isTrue();
        request.accept(reply(1));

        assertThat(request).isCompleted();
        assertThat(results).containsExactly("1 VALUE", "0 MISS", "2 MISS", "3 DONE");
    }

    @Test
    void bulkGet_missOfTheMetaProtocol_endsNoList() {
        BulkGet request = listing(new ArrayList<>());
        assertThat(written(WireFormat.META, request.wantsValue())).startsWith("get ");

        assertThat(request.matches(reply(ReplyCode.MISS, Reply.NO_KEY))).isFalse();
    }

    @Test
    void bulkGet_listRefused_failsItsKeysAndNotTheLast() {
        List<String> results = new ArrayList<>();
        BulkGet request = listing(results);
        assertThat(written(WireFormat.META, request.wantsValue())).startsWith("get ");

        request.accept(listed("a", false));
        request.accept(reply(ReplyCode.ERROR, Reply.NO_KEY));
        assertThat(request).isNotCompleted();
        request.accept(reply(1));

        assertThat(request).isCompleted();
        assertThat(results).containsExactly("0 VALUE", "1 ERROR", "2 ERROR", "3 DONE");
    }

    @Test
    void bulkGet_emptyItemInAList_isToBeAskedForAlone() {
        List<String> results = new ArrayList<>();
        BulkGet request = listing(results);
        assertThat(written(WireFormat.META, request.wantsValue())).startsWith("get ");
        Reply flagged = listed("a", false);
        flagged.value = Reply.NO_VALUE;
        flagged.clientFlags = 1;
        request.accept(flagged);
        Reply empty = listed("b", false);
        empty.value = Reply.NO_VALUE;
        request.accept(empty);
        request.accept(listed("c", true));
        request.accept(reply(1));

        assertThat(results).containsExactly("0 VALUE", "2 VALUE", "3 DONE");
        assertThat(request.join()).isEqualTo(BitSet.valueOf(new long[] {0b10}));
        assertThat(written(WireFormat.META, listing(results).lineByLine().wantsValue()))
                .isEqualTo("mg a v f O1\r\nmg b v f O2\r\nmg c v f O3\r\nmg d v f O4\r\n");
    }

    private static BulkGet listing(List<String> results) {
        return new BulkGet(
                new byte[][] {bytes("a"), bytes("b"), bytes("c"), bytes("d")},
                new boolean[4],
                (index, reply) -> results.add(index + " " + reply.code()));
    }

    private static Reply listed(String key, boolean last) {
        Reply reply = reply(ReplyCode.VALUE, bytes(key));
        reply.endsList = last;
        reply.value = VALUE;
        return reply;
    }

    private static Reply endOfList() {
        Reply reply = reply(ReplyCode.MISS, Reply.NO_KEY);
        reply.endsList = true;
        return reply;
    }

    @Test
    void binary_kinds_areFrames() {
        assertThat(hex(of(RequestKind.GET)))
                .isEqualTo("80000003000000000000000300000001" + "0000000000000000" + "6b6579");
        assertThat(hex(store(RequestKind.COMPARE_AND_SET).cas(7)))
                .isEqualTo(
                        "80010003080000000000001000000001"
                                + "0000000000000007"
                                + "ffffffff0000003c"
                                + "6b657976616c7565");
        assertThat(hex(of(RequestKind.INCREMENT).delta(2)))
                .contains("0000000000000002" + "0000000000000000" + "ffffffff");
        assertThat(hex(of(RequestKind.DECREMENT).delta(2).initial(5, 60)))
                .contains("0000000000000002" + "0000000000000005" + "0000003c");
        assertThat(hex(new Request<>(RequestKind.GET, Reply::code).key(bytes("YSBi"), true)))
                .endsWith("612062");
    }

    @ParameterizedTest
    @EnumSource(
            value = RequestKind.class,
            names = {"MARK_STALE", "LINE", "COMPARE_AND_SET", "COMPARE_AND_DELETE"})
    void binary_whatItCannotSay_isUnsupported(RequestKind kind) {
        assertThat(WireFormat.BINARY.encoder.unsupported(of(kind))).isNotNull();
    }

    @Test
    void binary_metaAttributes_areUnsupported() {
        for (Request<ReplyCode> request :
                List.of(
                        of(RequestKind.GET).lease(1),
                        of(RequestKind.GET).recache(1),
                        of(RequestKind.SET).exptime(1L << 32))) {
            assertThat(WireFormat.BINARY.encoder.unsupported(request)).isNotNull();
        }
        assertThat(WireFormat.BINARY.encoder.unsupported(of(RequestKind.INCREMENT).initial(1, 1)))
                .isNull();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }

    private static String hex(Request<?> request) {
        return HexFormat.of().formatHex(bytes(written(WireFormat.BINARY, request)));
    }

    @Test
    void unnumbered_replies_mustBeOfTheKindAndTheKey() {
        Request<ReplyCode> get = of(RequestKind.GET);
        Request<ReplyCode> set = store(RequestKind.SET);
        Request<ReplyCode> count = of(RequestKind.INCREMENT);

        assertThat(get.matches(listed("key", true))).isTrue();
        assertThat(get.matches(listed("key", false))).isFalse();
        assertThat(get.matches(reply(ReplyCode.MISS, Reply.NO_KEY))).isTrue();
        assertThat(get.matches(reply(ReplyCode.VALUE, VALUE))).isFalse();
        assertThat(get.matches(reply(ReplyCode.VALUE, Reply.NO_KEY))).isFalse();
        assertThat(get.matches(reply(ReplyCode.DONE, Reply.NO_KEY))).isFalse();
        assertThat(set.matches(reply(ReplyCode.DONE, Reply.NO_KEY))).isTrue();
        assertThat(set.matches(reply(ReplyCode.VALUE, KEY))).isFalse();
        assertThat(count.matches(reply(ReplyCode.VALUE, Reply.NO_KEY))).isTrue();
        assertThat(count.matches(reply(ReplyCode.VALUE, KEY))).isFalse();
    }

    private static Reply numbered(long opaque) {
        Reply reply = new Reply();
        reply.opaque = opaque;
        return reply;
    }

    private static Reply reply(ReplyCode code, byte[] key) {
        Reply reply = numbered(Reply.NO_OPAQUE);
        reply.code = code;
        reply.key = key;
        return reply;
    }

    @Test
    void writer_manyBytes_growsAndStartsAnew() {
        BatchWriter writer = new BatchWriter();
        byte[] large = new byte[3 << 20];
        writer.write(large);
        writer.writeNumber(Long.MIN_VALUE);
        ByteBuf out = Unpooled.buffer();
        writer.moveTo(out);

        assertThat(out.readableBytes()).isEqualTo(large.length + 20);
        assertThat(out.toString(large.length, 20, ISO_8859_1)).isEqualTo("-9223372036854775808");
        assertThat(writer.length()).isZero();
    }

    private static Request<ReplyCode> of(RequestKind kind) {
        return new Request<>(kind, Reply::code).key(KEY, false);
    }

    private static Request<ReplyCode> store(RequestKind kind) {
        return of(kind).value(-1, VALUE).exptime(60);
    }

    private static String meta(Request<?> request) {
        return written(WireFormat.META, request);
    }

    private static String text(Request<?> request) {
        return written(WireFormat.TEXT, request);
    }

    private static String written(WireFormat format, Request<?> request) {
        BatchWriter writer = new BatchWriter();
        request.encode(format.encoder, writer, new OpaqueSource());
        ByteBuf out = Unpooled.buffer();
        writer.moveTo(out);
        return out.toString(ISO_8859_1);
    }
}
