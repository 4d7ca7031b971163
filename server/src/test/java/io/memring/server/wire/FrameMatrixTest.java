package io.memring.server.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.memring.engine.CacheEngine;
import io.memring.engine.CoarseClock;
import io.memring.engine.EngineConfig;
import io.memring.server.connection.ConnectionConfig;
import io.memring.server.connection.ConnectionConfig.Binding;
import io.memring.server.connection.Worker;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

/**
 * Every opcode with lengths that agree and lengths that do not: 163,072 frames, each on a
 * connection of its own, all in this thread and without a network. None may hang or throw, each is
 * answered as documented, a no-op behind it is answered where the connection lives on, and in the
 * end all memory is back.
 */
final class FrameMatrixTest {
    private static final byte[] NOOP = Frame.parse("noop opaque=0x6e6f6f70").toBytes(Map.of());

    private final UnpooledByteBufAllocator buffers = new UnpooledByteBufAllocator(true, true);

    @Test
    void everyFrame_isAnsweredAsDocumented_andLeavesNothingBehind() {
        List<FrameCase> cases = FrameCase.all();
        assertThat(cases).hasSize(163_072);
        CoarseClock clock = new CoarseClock();
        try (CacheEngine cache = CacheEngine.open(EngineConfig.defaults(), clock)) {
            EmbeddedChannel loop = new EmbeddedChannel();
            ConnectionConfig config = new ConnectionConfig(20, 0, 0, 0, Binding.AUTO);
            Worker worker =
                    new Worker(
                            0,
                            QuietNode.loop(loop.eventLoop()),
                            cache,
                            config,
                            new QuietNode(null),
                            clock);
            for (FrameCase each : cases) {
                play(each, worker, loop);
            }
            worker.stop();
            loop.runPendingTasks();
            var _ = loop.close();
            assertThat(cache.figures().openUploads()).isZero();
            cache.checkInvariants();
        }
        assertThat(buffers.metric().usedDirectMemory()).isZero();
        assertThat(buffers.metric().usedHeapMemory()).isZero();
    }

    private void play(FrameCase each, Worker worker, EmbeddedChannel loop) {
        FrameCase.Verdict verdict = each.verdict();
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.config().setAllocator(buffers);
        channel.pipeline().addLast(worker.newConnection(channel, null));
        channel.pipeline().fireChannelActive();
        channel.writeInbound(buffers.directBuffer().writeBytes(each.bytes()));
        boolean inStep = !verdict.closes() && each.isSmall();
        if (inStep) {
            channel.writeInbound(buffers.directBuffer().writeBytes(NOOP));
        }
        loop.runPendingTasks();
        assertThat(channel.isOpen()).as("%s stays open", each).isEqualTo(!verdict.closes());
        check(each, verdict, inStep, channel);
        channel.finishAndReleaseAll();
    }

    /** The first reply has the status, the last is that of the no-op. */
    private void check(
            FrameCase each, FrameCase.Verdict verdict, boolean inStep, EmbeddedChannel channel) {
        ByteBuf replies = buffers.directBuffer();
        for (ByteBuf next = channel.readOutbound(); next != null; next = channel.readOutbound()) {
            replies.writeBytes(next);
            next.release();
        }
        if (inStep) {
            int last = replies.writerIndex() - NOOP.length;
            assertThat(last).as("%s and a no-op", each).isNotNegative();
            assertThat(replies.getShort(last)).as("%s and a no-op", each).isEqualTo((short) 0x810a);
            assertThat(replies.getInt(last + 12)).as("%s: opaque", each).isEqualTo(0x6e6f6f70);
            replies.writerIndex(last);
        }
        int status = replies.isReadable() ? replies.getUnsignedShort(6) : FrameCase.SILENT;
        if (verdict.status() == FrameCase.SERVED) {
            assertThat(status).as("%s: status", each).isIn(FrameCase.SILENT, 0, 1, 2, 3, 5, 6);
        } else {
            assertThat(status).as("%s: status", each).isEqualTo(verdict.status());
        }
        replies.release();
    }
}
