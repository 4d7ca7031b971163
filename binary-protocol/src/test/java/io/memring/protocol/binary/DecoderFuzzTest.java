package io.memring.protocol.binary;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.Test;

import java.util.Random;

/** Streams of frames, good and damaged, are decoded alike however they are cut. */
final class DecoderFuzzTest {
    private static final int STREAMS = 2_000;
    private static final int FRAMES = 8;
    private static final int[] EXTRAS = {0, 0, 4, 8, 20};

    private final Random random;

    DecoderFuzzTest() {
        long seed = Long.getLong("memring.seed", new Random().nextLong());
        System.out.println("DecoderFuzzTest seed " + seed);
        random = new Random(seed);
    }

    @Test
    void stream_cutAnywhere_isDecodedAsAWhole() {
        for (int i = 0; i < STREAMS; i++) {
            byte[] stream = stream();
            String whole = decode(stream, stream.length);
            assertThat(decode(stream, 1)).isEqualTo(whole);
            assertThat(decode(stream, 1 + random.nextInt(40))).isEqualTo(whole);
        }
    }

    private byte[] stream() {
        ByteBuf stream = Unpooled.buffer();
        for (int i = 0; i < FRAMES; i++) {
            byte[] frame = frame().bytes();
            if (random.nextInt(20) == 0) {
                frame[random.nextInt(16)] = (byte) random.nextInt();
            }
            stream.writeBytes(frame);
        }
        byte[] bytes = new byte[stream.readableBytes()];
        stream.readBytes(bytes);
        return bytes;
    }

    private TestFrame frame() {
        return TestFrame.of(random.nextInt(0x28))
                .extras(new byte[EXTRAS[random.nextInt(EXTRAS.length)]])
                .key("k".repeat(random.nextInt(6)))
                .value(random.nextBoolean() ? "" : "v".repeat(random.nextInt(50)))
                .opaque(random.nextInt())
                .cas(random.nextLong());
    }

    /** Says what was decoded, up to the first frame after which nothing can follow. */
    private static String decode(byte[] stream, int pieceLength) {
        BinaryRequestDecoder decoder = new BinaryRequestDecoder();
        StringBuilder seen = new StringBuilder();
        ByteBuf in = Unpooled.buffer();
        int sent = 0;
        int toSkip = 0;
        while (true) {
            int skipped = Math.min(toSkip, in.readableBytes());
            in.skipBytes(skipped);
            toSkip -= skipped;
            FrameStatus found = toSkip > 0 ? FrameStatus.INCOMPLETE : decoder.decode(in, true);
            switch (found) {
                case INCOMPLETE -> {
                    if (sent == stream.length) {
                        return seen.toString();
                    }
                    int length = Math.min(pieceLength, stream.length - sent);
                    in.writeBytes(stream, sent, length);
                    sent += length;
                }
                case REQUEST -> {
                    seen.append(decoder.opcode()).append(decoder.opaque()).append(' ');
                    toSkip = decoder.valueLength();
                }
                case REFUSED -> {
                    seen.append(decoder.status()).append(' ');
                    if (decoder.closes()) {
                        return seen.toString();
                    }
                    toSkip = decoder.bytesToSwallow();
                }
                case BROKEN -> {
                    return seen.append("BROKEN").toString();
                }
            }
        }
    }
}
