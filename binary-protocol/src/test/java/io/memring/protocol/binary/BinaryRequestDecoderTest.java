package io.memring.protocol.binary;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;

/** What the decoder makes of frames, in whatever pieces they come. */
final class BinaryRequestDecoderTest {
    private static final byte[] STORE_EXTRAS = {1, 2, 3, 4, 5, 6, 7, 8};

    private static final FrameStatus INCOMPLETE = FrameStatus.INCOMPLETE;
    private static final BinaryStatus INVALID = BinaryStatus.INVALID_ARGUMENTS;

    private final BinaryRequestDecoder decoder = new BinaryRequestDecoder();

    private static ByteBuf buffer(byte[] bytes) {
        return Unpooled.wrappedBuffer(bytes);
    }

    private static TestFrame store() {
        return TestFrame.of(0x01)
                .extras(STORE_EXTRAS)
                .key("key")
                .value("value")
                .opaque(0xcafe)
                .cas(-2);
    }

    private FrameStatus decode(byte[] bytes) {
        return decoder.decode(buffer(bytes), true);
    }

    private String key() {
        return decoder.keyBuffer()
                .toString(decoder.keyIndex(), decoder.keyLength(), StandardCharsets.ISO_8859_1);
    }

    private void assertRefused(byte[] header, BinaryStatus status) {
        assertThat(decode(header)).isEqualTo(FrameStatus.REFUSED);
        assertThat(decoder.status()).isEqualTo(status);
        assertThat(decoder.closes()).isTrue();
    }

    private void assertStore() {
        assertThat(decoder.opcode()).isEqualTo(Opcode.SET);
        assertThat(key()).isEqualTo("key");
        assertThat(decoder.valueLength()).isEqualTo(5);
        assertThat(decoder.clientFlags()).isEqualTo(0x01020304);
        assertThat(decoder.exptime()).isEqualTo(0x05060708);
        assertThat(decoder.casUnique()).isEqualTo(-2);
        assertThat(decoder.opaque()).isEqualTo(0xcafe);
    }

    @Test
    void store_whole_consumesAllButItsValue() {
        ByteBuf in = buffer(store().bytes());

        assertThat(decoder.decode(in, true)).isEqualTo(FrameStatus.REQUEST);
        assertStore();
        assertThat(in.toString(StandardCharsets.US_ASCII)).isEqualTo("value");
        assertThat(decoder.headIndex()).isZero();
        assertThat(decoder.headLength()).isEqualTo(24 + 8 + 3);
    }

    @Test
    void store_cutAnywhere_isTheSame() {
        byte[] bytes = store().bytes();
        int headLength = bytes.length - "value".length();
        for (int cut = 0; cut < headLength; cut++) {
            ByteBuf in = Unpooled.buffer().writeBytes(bytes, 0, cut);
            assertThat(decoder.decode(in, true)).as("cut %d", cut).isEqualTo(INCOMPLETE);
            assertThat(in.readerIndex()).isZero();
            in.writeBytes(bytes, cut, bytes.length - cut);
            assertThat(decoder.decode(in, true)).isEqualTo(FrameStatus.REQUEST);
            assertStore();
        }
    }

    @Test
    void store_byteByByte_isTheSame() {
        byte[] bytes = store().bytes();
        ByteBuf in = Unpooled.buffer();
        int needed = bytes.length - "value".length();
        for (int i = 0; i < needed - 1; i++) {
            in.writeByte(bytes[i]);
            assertThat(decoder.decode(in, true)).isEqualTo(INCOMPLETE);
        }
        in.writeByte(bytes[needed - 1]);
        assertThat(decoder.decode(in, true)).isEqualTo(FrameStatus.REQUEST);
        assertStore();
    }

    @Test
    void frames_inARow_areDecodedOneByOne() {
        ByteBuf in = Unpooled.buffer();
        in.writeBytes(TestFrame.of(0x0c).key("one").opaque(1).bytes());
        in.writeBytes(TestFrame.of(0x0a).opaque(2).bytes());
        in.writeBytes(TestFrame.of(0x09).key("three").opaque(3).bytes());

        assertThat(decoder.decode(in, true)).isEqualTo(FrameStatus.REQUEST);
        assertThat(decoder.opcode()).isEqualTo(Opcode.GETK);
        assertThat(key()).isEqualTo("one");
        assertThat(decoder.decode(in, true)).isEqualTo(FrameStatus.REQUEST);
        assertThat(decoder.opcode()).isEqualTo(Opcode.NOOP);
        assertThat(decoder.keyLength()).isZero();
        assertThat(decoder.decode(in, true)).isEqualTo(FrameStatus.REQUEST);
        assertThat(decoder.opcode()).isEqualTo(Opcode.GETQ);
        assertThat(decoder.opaque()).isEqualTo(3);
        assertThat(decoder.headIndex()).isEqualTo(27 + 24);
        assertThat(decoder.decode(in, true)).isEqualTo(INCOMPLETE);
    }

    @Test
    void count_extras_areDeltaInitialAndExptime() {
        byte[] extras = new byte[20];
        extras[7] = 5;
        extras[8] = (byte) 0x80;
        extras[19] = 9;
        assertThat(decode(TestFrame.of(0x16).extras(extras).key("n").bytes()))
                .isEqualTo(FrameStatus.REQUEST);
        assertThat(decoder.opcode()).isEqualTo(Opcode.DECREMENTQ);
        assertThat(decoder.delta()).isEqualTo(5);
        assertThat(decoder.initial()).isEqualTo(Long.MIN_VALUE);
        assertThat(decoder.exptime()).isEqualTo(9);
    }

    @Test
    void touch_afterAStore_keepsNothingOfIt() {
        decode(store().bytes());
        decode(TestFrame.of(0x1c).extras((byte) 0, (byte) 0, (byte) 1, (byte) 0).key("k").bytes());
        assertThat(decoder.opcode()).isEqualTo(Opcode.TOUCH);
        assertThat(decoder.exptime()).isEqualTo(256);
        assertThat(decoder.clientFlags()).isZero();
        decode(TestFrame.of(0x08).bytes());
        assertThat(decoder.exptime()).isZero();
    }

    @Test
    void lengths_areUnsigned() {
        byte[] store = TestFrame.of(0x0e).header(250, 0, 1 << 30);
        ByteBuf in = Unpooled.buffer().writeBytes(store).writeZero(250);
        assertThat(decoder.decode(in, true)).isEqualTo(FrameStatus.REQUEST);
        assertThat(decoder.valueLength()).isEqualTo((1 << 30) - 250);

        assertRefused(TestFrame.of(0x0e).header(1, 0xff, 0xffff_ffffL), INVALID);
        assertRefused(TestFrame.of(0x0e).header(0x3e00, 0, 0x3e00), INVALID);
    }

    @Test
    void checks_headerAlone_inTheirOrder() {
        BinaryStatus unknown = BinaryStatus.UNKNOWN_COMMAND;
        // Too long for anything: nobody even answers.
        assertThat(decode(TestFrame.of(0x00).header(0xffff, 0, 1))).isEqualTo(FrameStatus.BROKEN);
        // Lengths that lie, before all that is wrong with the key.
        assertRefused(TestFrame.of(0x00).header(251, 0, 250), unknown);
        assertRefused(TestFrame.of(0xff).header(1, 4, 4), unknown);
        // A body beyond the limit, before the opcode.
        assertRefused(TestFrame.of(0xff).header(251, 0, (1L << 30) + 1), INVALID);
        // The key, before the opcode.
        assertRefused(TestFrame.of(0xff).header(251, 0, 251), INVALID);
        // The shape.
        assertRefused(TestFrame.of(0x00).header(0, 0, 0), INVALID);
        assertRefused(TestFrame.of(0x0a).header(1, 0, 1), INVALID);
    }

    @Test
    void beforeLogin_onlyLoginAndVersionAreAllowed() {
        for (int opcode = 0; opcode < 256; opcode++) {
            Opcode known = Opcode.of((byte) opcode);
            ByteBuf in = buffer(TestFrame.of(opcode).bytes());
            FrameStatus found = decoder.decode(in, false);
            boolean refused =
                    found == FrameStatus.REFUSED && decoder.status() == BinaryStatus.AUTH_FAILURE;
            boolean allowed =
                    known == Opcode.VERSION
                            || known == Opcode.SASL_LIST
                            || known == Opcode.SASL_AUTH
                            || known == Opcode.SASL_STEP;
            assertThat(refused).as("opcode %x", opcode).isEqualTo(!allowed);
            assertThat(decoder.closes() || allowed).isTrue();
        }
    }

    @Test
    void beforeLogin_lengthsComeFirst_andShapesLast() {
        BinaryStatus failure = BinaryStatus.AUTH_FAILURE;
        decoder.decode(buffer(TestFrame.of(0x00).header(5, 0, 1)), false);
        assertThat(decoder.status()).isEqualTo(BinaryStatus.UNKNOWN_COMMAND);
        decoder.decode(buffer(TestFrame.of(0x00).header(5, 0, 1L << 31)), false);
        assertThat(decoder.status()).isEqualTo(INVALID);
        decoder.decode(buffer(TestFrame.of(0x00).header(251, 0, 251)), false);
        assertThat(decoder.status()).isEqualTo(failure);
        decoder.decode(buffer(TestFrame.of(0x0a).header(0, 4, 4)), false);
        assertThat(decoder.status()).isEqualTo(failure);
    }

    @Test
    void unknownOpcode_isAnsweredAndItsBodySwallowed() {
        ByteBuf in = buffer(TestFrame.of(0x1b).extras(STORE_EXTRAS).key("k").bytes());
        assertThat(decoder.decode(in, true)).isEqualTo(FrameStatus.REFUSED);
        assertThat(decoder.status()).isEqualTo(BinaryStatus.UNKNOWN_COMMAND);
        assertThat(decoder.closes()).isFalse();
        assertThat(decoder.bytesToSwallow()).isEqualTo(9).isEqualTo(in.readableBytes());
    }

    @Test
    void otherMagic_isBroken_fromItsFirstByte() {
        assertThat(decode(new byte[] {(byte) 0x81})).isEqualTo(FrameStatus.BROKEN);
        assertThat(decode("get a\r\n".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(FrameStatus.BROKEN);
        assertThat(decode(new byte[] {(byte) 0x80})).isEqualTo(INCOMPLETE);
        assertThat(decode(new byte[0])).isEqualTo(INCOMPLETE);
    }
}
