package io.memring.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Fails the module's tests when a buffer was lost in any of them. Netty finds lost buffers when it
 * allocates others after a collection of garbage.
 */
public final class LeakWatch implements BeforeAllCallback {

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getRoot()
                .getStore(Namespace.create(LeakWatch.class))
                .computeIfAbsent(Reports.class, key -> new Reports(), Reports.class);
    }

    /** What Netty has reported; closed when the tests of a run have ended. */
    private static final class Reports implements AutoCloseable {
        private final Queue<String> leaks = new ConcurrentLinkedQueue<>();

        Reports() {
            assertThat(ResourceLeakDetector.getLevel())
                    .isEqualTo(ResourceLeakDetector.Level.PARANOID);
            ByteBufUtil.setLeakListener((type, records) -> leaks.add(type + records));
        }

        @Override
        public void close() {
            awaitCollection();
            awaitCollection(); // What the first has found is known to Netty when this one is over.
            PooledByteBufAllocator.DEFAULT.buffer().release();
            ByteBufUtil.setLeakListener(null);
            assertThat(leaks).as("lost buffers").isEmpty();
        }

        private static void awaitCollection() {
            ReferenceQueue<Object> collected = new ReferenceQueue<>();
            Reference<Object> garbage = new WeakReference<>(new Object(), collected);
            try {
                while (collected.poll() == null) {
                    System.gc();
                }
            } finally {
                Reference.reachabilityFence(garbage);
            }
        }
    }
}
