package io.memring.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Fails a test class after which a buffer was lost. Netty finds lost buffers when it allocates
 * others after a collection of garbage; that it has done so is known when it reports one that was
 * lost on purpose, which names the test class, since it reports the same loss only once.
 */
final class LeakCheck implements BeforeAllCallback, AfterAllCallback {
    private static final String CANARY = "lost on purpose";

    private final Queue<String> reports = new ConcurrentLinkedQueue<>();

    @Override
    public void beforeAll(ExtensionContext context) {
        assertThat(ResourceLeakDetector.getLevel()).isEqualTo(ResourceLeakDetector.Level.PARANOID);
        ByteBufUtil.setLeakListener((type, records) -> reports.add(type + ": " + records));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        loseOne(CANARY + " after " + context.getUniqueId());
        while (reports.stream().noneMatch(report -> report.contains(CANARY))) {
            System.gc();
            PooledByteBufAllocator.DEFAULT.buffer().release();
        }
        ByteBufUtil.setLeakListener(null);
        assertThat(reports).allMatch(report -> report.contains(CANARY));
    }

    private static void loseOne(String hint) {
        ByteBuf lost = PooledByteBufAllocator.DEFAULT.buffer();
        lost.touch(hint);
    }
}
