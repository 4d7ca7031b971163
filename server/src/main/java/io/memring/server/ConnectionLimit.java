package io.memring.server;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the open connections of a node and says when there are enough ({@code -c}). Any thread.
 */
final class ConnectionLimit {

    private final int max;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicLong rejected = new AtomicLong();

    ConnectionLimit(int max) {
        this.max = max;
    }

    /** Takes a place; false when all are taken. */
    boolean tryEnter() {
        if (open.incrementAndGet() <= max) {
            return true;
        }
        open.decrementAndGet();
        return false;
    }

    /** Takes a place even when all are taken. */
    void enter() {
        open.incrementAndGet();
    }

    /** Gives a place back. */
    void leave() {
        if (open.decrementAndGet() == 0) {
            synchronized (this) {
                notifyAll();
            }
        }
    }

    boolean isReached() {
        return open.get() >= max;
    }

    void countRejected() {
        rejected.incrementAndGet();
    }

    long rejected() {
        return rejected.get();
    }

    void resetStats() {
        rejected.set(0);
    }

    /** Waits until no connection is open, but no longer than the given time. */
    synchronized void awaitNoneOpen(long timeoutMillis) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        long left = timeoutMillis;
        while (open.get() > 0 && left > 0) {
            wait(left);
            left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        }
    }
}
