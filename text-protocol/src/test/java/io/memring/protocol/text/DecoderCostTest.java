package io.memring.protocol.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.buffer.UnpooledHeapByteBuf;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What decoding and encoding cost, counted rather than timed. */
class DecoderCostTest {
    private static final int ROUNDS = 2000;
    private static final int ATTEMPTS = 20;
    private static final String REQUESTS =
            String.join(
                    "\r\n",
                    "get a-key-of-usual-size",
                    "gets one two three",
                    "gat 100 one two",
                    "set a-key-of-usual-size 0 0 0 noreply",
                    "cas key 1 2 0 12345678901234567890",
                    "incr counter 1",
                    "delete key",
                    "touch key 100",
                    "mg key v t f s c Oabc",
                    "mg QUJD b v",
                    "ms key 0 T30 F5 MS",
                    "md key q",
                    "ma key D7 N0 J1",
                    "set bad x 0 0",
                    "mn",
                    "");

    /** Counts the loads of a decoder. */
    private static final class CountingBuffer extends UnpooledHeapByteBuf {
        private int loads;

        CountingBuffer(int capacity) {
            super(UnpooledByteBufAllocator.DEFAULT, capacity, capacity);
        }

        @Override
        public byte getByte(int index) {
            loads++;
            return super.getByte(index);
        }

        @Override
        public long getLongLE(int index) {
            loads++;
            return super.getLongLE(index);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"set k 0 0 1 ", "mg k ", "gat ", "gat 1 ", "get ", "get kkk kkk ", "zzz "})
    void lineThatArrivesByteByByte_isLookedAtOnce(String head) {
        for (String fill : new String[] {" ", "k"}) {
            byte[] line = (head + fill.repeat(2000)).getBytes(StandardCharsets.US_ASCII);
            CountingBuffer in = new CountingBuffer(line.length);
            feed(in, line);
            assertThat(in.loads).isLessThan(5 * line.length);
            in.release();
        }
    }

    private static void feed(CountingBuffer in, byte[] line) {
        TextRequestDecoder decoder = new TextRequestDecoder();
        boolean inKeys = false;
        for (byte b : line) {
            in.writeByte(b);
            if (!inKeys) {
                inKeys = decoder.decode(in) != Verb.INCOMPLETE;
            }
            while (inKeys && decoder.nextKey(in) == KeyStatus.KEY) {
                assertThat(decoder.keyLength()).isEqualTo(3);
            }
        }
    }

    @Test
    void decoding_allocatesNothing() {
        TextRequestDecoder decoder = new TextRequestDecoder();
        ByteBuf in = directBuffer(REQUESTS.length());
        in.writeCharSequence(REQUESTS, StandardCharsets.US_ASCII);
        assertAllocatesNothing(() -> decodeAll(decoder, in));
    }

    @Test
    void encoding_allocatesNothing() {
        ByteBuf key = directBuffer(16);
        key.writeCharSequence("a-key-of-16bytes", StandardCharsets.US_ASCII);
        ByteBuf out = directBuffer(2048);
        assertAllocatesNothing(() -> encodeAll(out, key));
    }

    /** A JIT that has not finished lets work allocate what it does not when it has. */
    private static void assertAllocatesNothing(Runnable work) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < ATTEMPTS && least > 0; i++) {
            least = Math.min(least, allocatedPerRound(work));
        }
        assertThat(least).as("bytes for a round").isZero();
    }

    private static long allocatedPerRound(Runnable work) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < ROUNDS; i++) {
            work.run();
        }
        return (threads.getCurrentThreadAllocatedBytes() - before) / ROUNDS;
    }

    /** Outside the heap, and without the leak detector, which allocates at every access. */
    private static ByteBuf directBuffer(int capacity) {
        return Unpooled.wrappedBuffer(ByteBuffer.allocateDirect(capacity)).clear();
    }

    private static void decodeAll(TextRequestDecoder decoder, ByteBuf in) {
        in.readerIndex(0);
        while (in.isReadable()) {
            switch (decoder.decode(in)) {
                case GET, GETS, GAT, GATS -> takeKeys(decoder, in);
                case SET, CAS, META_SET, INVALID, INCR, DELETE, TOUCH, META_NOOP -> {}
                case META_GET, META_DELETE, META_ARITHMETIC -> {}
                default -> throw new AssertionError();
            }
        }
    }

    private static void takeKeys(TextRequestDecoder decoder, ByteBuf in) {
        while (decoder.nextKey(in) == KeyStatus.KEY) {
            decoder.keyIndex();
        }
    }

    private static void encodeAll(ByteBuf out, ByteBuf key) {
        out.clear();
        TextReply.STORED.writeTo(out);
        TextError.BAD_COMMAND_LINE.writeTo(out);
        TextReplyEncoder.value(out, key, 0, 16, 5, 100);
        TextReplyEncoder.valueWithCas(out, key, 0, 16, 0, 1_000_000, -1);
        TextReplyEncoder.number(out, 12345678901234567L);
        MetaReplyEncoder.code(out, MetaCode.HD);
        MetaReplyEncoder.valueCode(out, 100);
        MetaReplyEncoder.flag(out, 's', 100);
        MetaReplyEncoder.ttl(out, 't', -1);
        MetaReplyEncoder.flag(out, 'k', key, 0, 16);
        MetaReplyEncoder.base64(out, key, 0, 16);
        TextReplyEncoder.crlf(out);
    }
}
