package io.memring.protocol.binary;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.Test;

import java.util.Random;

final class BinaryKeyLookaheadTest {
    private static final int MAX_KEYS = 3;

    private final BinaryKeyLookahead lookahead = new BinaryKeyLookahead(MAX_KEYS);
    private final ByteBuf in = Unpooled.buffer();

    @Test
    void keysOfSeveralFrames() {
        frame(0, "one", 0);
        frame(8, "second", 5);
        frame(0, "", 0);
        frame(20, "3", 0);

        assertThat(lookahead.scan(in)).isEqualTo(3);
        assertThat(key(0)).isEqualTo("one");
        assertThat(key(1)).isEqualTo("second");
        assertThat(key(2)).isEqualTo("3");
        assertThat(lookahead.end()).isEqualTo(in.writerIndex());
        assertThat(in.readerIndex()).isZero();
    }

    @Test
    void moreFramesThanRoom_areLeftForTheNextScan() {
        for (int i = 0; i < 5; i++) {
            frame(0, "key" + i, 0);
        }
        assertThat(lookahead.scan(in)).isEqualTo(3);
        in.readerIndex(lookahead.end());
        assertThat(lookahead.scan(in)).isEqualTo(2);
        assertThat(key(0)).isEqualTo("key3");
    }

    @Test
    void unfinishedKey_isNotThere() {
        frame(0, "whole", 0);
        frame(0, "unfinished", 0);
        in.writerIndex(in.writerIndex() - 1);

        assertThat(lookahead.scan(in)).isEqualTo(1);
        assertThat(lookahead.end()).isEqualTo(in.writerIndex());
    }

    /** Whatever the bytes are, the keys lie within them. */
    @Test
    void anyBytes_giveKeysWithin() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 10_000; round++) {
            byte[] bytes = new byte[random.nextInt(200)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) (random.nextInt(4) == 0 ? random.nextInt() : 0);
            }
            ByteBuf any = Unpooled.wrappedBuffer(bytes);
            int count = lookahead.scan(any);
            assertThat(lookahead.end()).as("seed %d", seed).isBetween(0, bytes.length);
            for (int i = 0; i < count; i++) {
                assertThat(lookahead.keyIndex(i) + lookahead.keyLength(i))
                        .as("seed %d", seed)
                        .isLessThanOrEqualTo(bytes.length);
            }
        }
    }

    private String key(int index) {
        return in.toString(lookahead.keyIndex(index), lookahead.keyLength(index), US_ASCII);
    }

    private void frame(int extras, String key, int value) {
        in.writeByte(Header.REQUEST_MAGIC).writeByte(0).writeShort(key.length());
        in.writeByte(extras).writeZero(3);
        in.writeInt(extras + key.length() + value).writeZero(12).writeZero(extras);
        in.writeBytes(key.getBytes(US_ASCII)).writeZero(value);
    }
}
