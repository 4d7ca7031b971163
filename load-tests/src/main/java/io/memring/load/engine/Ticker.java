package io.memring.load.engine;

import java.nio.channels.Selector;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/**
 * Wakes selectors at times finer than the milliseconds that {@link Selector#select(long)} knows.
 * One thread for all load threads, which runs only in open loops.
 */
final class Ticker implements AutoCloseable {
    private static final long NEVER = Long.MAX_VALUE;

    private final AtomicLongArray dueNanos;
    private final Selector[] selectors;
    private final Thread thread;
    private volatile boolean closed;

    Ticker(int threads) {
        dueNanos = new AtomicLongArray(threads);
        selectors = new Selector[threads];
        for (int i = 0; i < threads; i++) {
            dueNanos.set(i, NEVER);
        }
        thread = Thread.ofPlatform().daemon().name("memring-load-ticker").start(this::run);
    }

    /** Wakes a selector at a time, once; in place of an earlier time that has not come. */
    void arm(int index, Selector selector, long due) {
        selectors[index] = selector; // Published by the write that follows.
        dueNanos.set(index, due);
        LockSupport.unpark(thread);
    }

    private void run() {
        while (!closed) {
            long now = System.nanoTime();
            long next = NEVER;
            for (int i = 0; i < dueNanos.length(); i++) {
                next = Math.min(next, wakeIfDue(i, now));
            }
            if (next == NEVER) {
                LockSupport.park(this);
            } else {
                LockSupport.parkNanos(this, next - now);
            }
        }
    }

    /** Wakes a selector whose time has come; returns the time that has not. */
    private long wakeIfDue(int index, long now) {
        long due = dueNanos.get(index);
        if (due - now > 0) {
            return due;
        }
        if (dueNanos.compareAndSet(index, due, NEVER)) {
            selectors[index].wakeup();
        }
        return NEVER;
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
