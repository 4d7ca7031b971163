package io.memring.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import static java.util.Objects.requireNonNull;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.Random;

class ReplyBufferTest {
    private final SpareBuffers spare = new SpareBuffers();
    private final ReplyBuffer replies = new ReplyBuffer(UnpooledByteBufAllocator.DEFAULT, spare);

    @AfterEach
    void close() {
        replies.close();
        spare.close();
    }

    @Test
    void poll_afterWrites_returnsThemInOrder() {
        write("one ");
        write("two ");
        write("x".repeat(2000));
        assertThat(sent()).isEqualTo("one two " + "x".repeat(2000));
        assertThat(replies.bytes()).isZero();
    }

    @Test
    void poll_behindMark_holdsBack() {
        write("before ");
        replies.mark();
        write("after");
        assertThat(sent()).isEqualTo("before ");
        replies.release();
        assertThat(sent()).isEqualTo("after");
    }

    @Test
    void rewind_takesBackWhatIsBehindTheMark() {
        write("before ");
        replies.mark();
        write("after");
        write("y".repeat(40_000));
        replies.rewind();
        write("instead");
        assertThat(sent()).isEqualTo("before instead");
    }

    @Test
    void rewind_markedWhileEmpty_leavesNothing() {
        replies.mark();
        write("z".repeat(40_000));
        write("z".repeat(40_000));
        replies.rewind();
        assertThat(replies.bytes()).isZero();
        assertThat(sent()).isEmpty();
    }

    @Test
    void rewind_afterHeldBackPoll_keepsWhatWasSent() {
        write("before ");
        replies.mark();
        write("after");
        assertThat(sent()).isEqualTo("before ");
        replies.rewind();
        write("instead");
        assertThat(sent()).isEqualTo("instead");
    }

    @Test
    void poll_behindMark_keepsNoMoreMemoryThanTheRepliesNeed() {
        replies.recycle(UnpooledByteBufAllocator.DEFAULT.directBuffer(32 << 10));
        replies.mark();
        write("held back");
        assertThat(replies.reserve(0).capacity()).isEqualTo(32 << 10);
        assertThat(replies.poll()).isNull();
        assertThat(replies.reserve(0).capacity()).isEqualTo(512);
        assertThat(replies.poll()).isNull();
        replies.release();
        assertThat(sent()).isEqualTo("held back");
    }

    @Test
    void reserve_afterRecycle_usesTheBufferThatWasSent() {
        write("first");
        ByteBuf first = requireNonNull(replies.poll());
        replies.recycle(first);
        write("second");
        assertThat(replies.reserve(0)).isSameAs(first);
        assertThat(sent()).isEqualTo("second");
    }

    @Test
    void isFull_afterManyBytes() {
        while (!replies.isFull()) {
            write("w".repeat(1000));
        }
        assertThat(replies.bytes()).isGreaterThanOrEqualTo(ReplyBuffer.FULL_BYTES);
        sent();
        assertThat(replies.isFull()).isFalse();
    }

    @Test
    void anySequence_sendsWhatAPlainStringBuilderHolds() {
        long seed = System.nanoTime();
        System.out.println("ReplyBufferTest seed " + seed);
        Random random = new Random(seed);
        StringBuilder expected = new StringBuilder();
        StringBuilder sent = new StringBuilder();
        int mark = -1;
        for (int step = 0; step < 20_000; step++) {
            switch (random.nextInt(8)) {
                case 0 -> sent.append(sent());
                case 1 -> {
                    replies.mark();
                    mark = expected.length();
                }
                case 2 -> {
                    replies.release();
                    mark = -1;
                }
                case 3 -> {
                    replies.rewind();
                    expected.setLength(mark < 0 ? expected.length() : mark);
                    mark = -1;
                }
                default -> {
                    String text = Integer.toString(step).repeat(1 + random.nextInt(300));
                    write(text);
                    expected.append(text);
                }
            }
            assertThat(expected.length() - sent.length()).isEqualTo(replies.bytes());
        }
        replies.release();
        sent.append(sent());
        assertThat(sent.toString()).as("seed %d", seed).isEqualTo(expected.toString());
    }

    private void write(String text) {
        replies.reserve(text.length()).writeCharSequence(text, StandardCharsets.US_ASCII);
    }

    private String sent() {
        StringBuilder text = new StringBuilder();
        for (ByteBuf next = replies.poll(); next != null; next = replies.poll()) {
            text.append(next.toString(StandardCharsets.US_ASCII));
            replies.recycle(next);
        }
        return text.toString();
    }
}
