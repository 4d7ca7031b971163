package io.memring.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Fails a test class after which a buffer was lost. Netty finds lost buffers when it allocates
 * others after a collection of garbage; that it has done so is known when it reports one that was
 * lost on purpose. Netty tells losses apart by where the buffers were made, and reports each only
 * once, so every check loses its own one call deeper.
 */
final class LeakCheck implements BeforeAllCallback, AfterAllCallback {
    private static final String ON_PURPOSE = LeakCheck.class.getName() + ".loseOne";
    private static final AtomicInteger CHECKS = new AtomicInteger();

    private final Queue<String> reports = new ConcurrentLinkedQueue<>();

    @Override
    public void beforeAll(ExtensionContext context) {
        assertThat(ResourceLeakDetector.getLevel()).isEqualTo(ResourceLeakDetector.Level.PARANOID);
        ByteBufUtil.setLeakListener((type, records) -> reports.add(type + ": " + records));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        loseOne(CHECKS.getAndIncrement());
        while (reports.stream().noneMatch(report -> report.contains(ON_PURPOSE))) {
            System.gc();
            PooledByteBufAllocator.DEFAULT.buffer().release();
        }
        ByteBufUtil.setLeakListener(null);
        assertThat(reports).allMatch(report -> report.contains(ON_PURPOSE));
    }

    private static void loseOne(int depth) {
        if (depth > 0) {
            loseOne(depth - 1);
        } else {
            var _ = PooledByteBufAllocator.DEFAULT.buffer();
        }
    }
}
