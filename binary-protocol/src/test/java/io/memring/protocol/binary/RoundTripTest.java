package io.memring.protocol.binary;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Random;

/** What one side writes, the other one reads: heads of requests and whole replies. */
final class RoundTripTest {
    private static final int MAX_BODY = 1 << 20;
    private static final long SEED = 20261121;

    private final BinaryRequestDecoder requests = new BinaryRequestDecoder();
    private final BinaryReplyDecoder replies = new BinaryReplyDecoder(MAX_BODY);

    private static boolean hasKey(Opcode opcode) {
        return switch (opcode.shape()) {
            case BARE, FLUSH -> false;
            case KEY, STAT, TOUCH, STORE, JOIN, COUNT, LOGIN -> true;
        };
    }

    private static boolean hasValue(Opcode opcode) {
        return switch (opcode.shape()) {
            case BARE, FLUSH, KEY, STAT, TOUCH, COUNT -> false;
            case STORE, JOIN, LOGIN -> true;
        };
    }

    @ParameterizedTest
    @EnumSource(Opcode.class)
    void request_anyOpcode_isReadAsItWasWritten(Opcode opcode) {
        Random random = new Random(SEED + opcode.code());
        for (int i = 0; i < 200; i++) {
            byte[] key = hasKey(opcode) ? new byte[1 + random.nextInt(250)] : new byte[0];
            random.nextBytes(key);
            int value = hasValue(opcode) ? random.nextInt(1 << 20) : 0;
            int opaque = random.nextInt();
            long cas = random.nextLong();
            int flags = random.nextInt();
            int exptime = random.nextInt();
            long delta = random.nextLong();
            BinaryRequestHead head =
                    new BinaryRequestHead(opcode)
                            .key(key)
                            .opaque(opaque)
                            .casUnique(cas)
                            .clientFlags(flags)
                            .exptime(exptime)
                            .counting(delta, ~delta);
            byte[] bytes = new byte[3 + head.length()];
            head.writeTo(bytes, 3, value);

            ByteBuf in = Unpooled.wrappedBuffer(bytes).skipBytes(3);
            assertThat(requests.decode(in, true)).isEqualTo(FrameStatus.REQUEST);
            assertThat(in.isReadable()).isFalse();
            assertThat(requests.opcode()).isEqualTo(opcode);
            assertThat(requests.opaque()).isEqualTo(opaque);
            assertThat(requests.casUnique()).isEqualTo(cas);
            assertThat(requests.valueLength()).isEqualTo(value);
            assertThat(keyOf(requests)).isEqualTo(key);
            assertExtras(opcode, flags, exptime, delta);
        }
    }

    private static byte[] keyOf(BinaryRequestDecoder decoder) {
        byte[] key = new byte[decoder.keyLength()];
        decoder.keyBuffer().getBytes(decoder.keyIndex(), key);
        return key;
    }

    private void assertExtras(Opcode opcode, int flags, int exptime, long delta) {
        switch (opcode.shape()) {
            case BARE, KEY, STAT, JOIN, LOGIN -> assertThat(requests.exptime()).isZero();
            case FLUSH, TOUCH -> assertThat(requests.exptime()).isEqualTo(exptime);
            case STORE -> {
                assertThat(requests.clientFlags()).isEqualTo(flags);
                assertThat(requests.exptime()).isEqualTo(exptime);
            }
            case COUNT -> {
                assertThat(requests.delta()).isEqualTo(delta);
                assertThat(requests.initial()).isEqualTo(~delta);
                assertThat(requests.exptime()).isEqualTo(exptime);
            }
        }
    }

    private void ask(Opcode opcode, String key, int opaque) {
        BinaryRequestHead head =
                new BinaryRequestHead(opcode).key(key.getBytes(UTF_8)).opaque(opaque);
        byte[] bytes = new byte[head.length()];
        head.writeTo(bytes, 0, 0);
        requests.decode(Unpooled.wrappedBuffer(bytes), true);
    }

    /** Reads a reply whole, and checks that no part of it is taken for one. */
    private void read(ByteBuf written) {
        int length = Header.LENGTH + written.getInt(written.readerIndex() + Header.BODY_LENGTH);
        for (int cut = 0; cut < length; cut++) {
            ByteBuf part = written.slice(written.readerIndex(), cut);
            assertThat(replies.decode(part)).isEqualTo(ReplyStatus.INCOMPLETE);
            assertThat(part.readableBytes()).isEqualTo(cut);
        }
        assertThat(replies.decode(written)).isEqualTo(ReplyStatus.REPLY);
    }

    @Test
    void reply_item_isReadAsItWasWritten() {
        ask(Opcode.GETK, "key", 77);
        ByteBuf out = Unpooled.buffer();
        BinaryReplyEncoder.itemWithKey(out, requests, 0xfeedbeef, 5, -2);
        out.writeBytes("value".getBytes(UTF_8));
        BinaryReplyEncoder.success(out, requests, 3);

        read(out);
        assertThat(replies.opcode()).isEqualTo(Opcode.GETK);
        assertThat(replies.statusCode()).isZero();
        assertThat(replies.opaque()).isEqualTo(77);
        assertThat(replies.casUnique()).isEqualTo(-2);
        assertThat(replies.clientFlags()).isEqualTo(0xfeedbeef);
        assertThat(replies.key()).isEqualTo("key");
        assertThat(replies.value()).isEqualTo("value".getBytes(UTF_8));
        read(out);
        assertThat(replies.casUnique()).isEqualTo(3);
        assertThat(replies.clientFlags()).isZero();
        assertThat(replies.hasKey()).isFalse();
        assertThat(replies.value()).isEmpty();
        assertThat(out.isReadable()).isFalse();
    }

    @Test
    void reply_numberAndStatistic_areReadAsTheyWereWritten() {
        ask(Opcode.STAT, "", 1);
        ByteBuf out = Unpooled.buffer();
        BinaryReplyEncoder.number(out, requests, -1, 9);
        BinaryReplyEncoder.stat(out, requests, "pid", "4711");

        read(out);
        assertThat(replies.number()).isEqualTo(-1);
        read(out);
        assertThat(replies.key()).isEqualTo("pid");
        assertThat(replies.text()).isEqualTo("4711");
    }

    @ParameterizedTest
    @EnumSource(BinaryStatus.class)
    void reply_error_hasItsStatusAndText(BinaryStatus status) {
        ask(Opcode.GET, "key", 5);
        ByteBuf out = Unpooled.buffer();
        BinaryReplyEncoder.error(out, requests, status);

        read(out);
        assertThat(replies.statusCode()).isEqualTo(status.code());
        assertThat(replies.text()).isEqualTo(status.text());
        assertThat(BinaryStatus.ofCode(status.code()))
                .matches(found -> found != null && found.code() == status.code());
    }

    @Test
    void reply_thatIsNone_isBroken() {
        assertThat(BinaryStatus.ofCode(0x4711)).isNull();
        for (String hex :
                new String[] {
                    "80", // a request
                    "45525221", // text
                    "810000000000000000100001000000000000000000000000", // longer than believed
                    "810000050400000000000008000000000000000000000000" // more key than body
                }) {
            byte[] bytes = new byte[hex.length() / 2];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16);
            }
            assertThat(replies.decode(Unpooled.wrappedBuffer(bytes))).isEqualTo(ReplyStatus.BROKEN);
        }
    }
}
