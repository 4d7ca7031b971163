package io.memring.engine;

import io.memring.engine.item.ItemRegion;
import io.memring.engine.item.ItemSizes;
import io.memring.engine.item.ItemValues;
import io.memring.slab.PagePool;
import io.memring.slab.SlabClassTable;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What all stripes share: clock, memory, sizes, the flush epoch and the account of unfinished
 * uploads.
 */
final class EngineState {

    /** {@link #flushAt} when no flush is pending. */
    static final int NO_FLUSH = Integer.MAX_VALUE;

    /** Unfinished uploads may hold one part in this many of the memory limit. */
    static final int UPLOAD_SHARE = 2;

    final EngineConfig config;
    final EngineClock clock;
    final PagePool pool;
    final SlabClassTable classes;
    final ItemRegion region;
    final ItemSizes sizes;
    final ItemValues values;

    private final AtomicLong uploadBytes = new AtomicLong();
    private final AtomicInteger uploads = new AtomicInteger();

    /**
     * Number of flushes so far. An item carries the low byte of the epoch it was linked in and is
     * dead in any other; the sweepers see to it that no item is 256 epochs old.
     */
    private final AtomicInteger flushEpoch = new AtomicInteger();

    /** Second of the pending flush. */
    private final AtomicInteger flushAt = new AtomicInteger(NO_FLUSH);

    EngineState(EngineConfig config, EngineClock clock, PagePool pool, SlabClassTable classes) {
        this.config = config;
        this.clock = clock;
        this.pool = pool;
        this.classes = classes;
        this.region = new ItemRegion(pool);
        this.values = new ItemValues(region, classes.chunkSizeMax());
        this.sizes =
                new ItemSizes(
                        classes,
                        config.growthFactor() != 0,
                        config.casEnabled(),
                        config.itemSizeMax());
    }

    int flushEpoch() {
        return flushEpoch.get();
    }

    void advanceFlushEpoch() {
        flushEpoch.incrementAndGet();
    }

    /** A flush that was put off is due. */
    boolean isFlushDue(int nowSeconds) {
        return nowSeconds >= flushAt.getPlain() && nowSeconds >= flushAt.get();
    }

    /** Takes the pending flush, so that one caller carries it out; false when another did. */
    boolean claimFlush(int nowSeconds) {
        int at = flushAt.get();
        return nowSeconds >= at && flushAt.compareAndSet(at, NO_FLUSH);
    }

    void setFlushAt(int seconds) {
        flushAt.set(seconds);
    }

    /**
     * Counts an upload in; false when unfinished uploads would hold too much. A single one is
     * always allowed.
     */
    boolean openUpload(long bytes) {
        long before = uploadBytes.getAndAdd(bytes);
        if (before > 0 && before + bytes > pool.limitBytes() / UPLOAD_SHARE) {
            uploadBytes.addAndGet(-bytes);
            return false;
        }
        uploads.incrementAndGet();
        return true;
    }

    void closeUpload(long bytes) {
        uploadBytes.addAndGet(-bytes);
        uploads.decrementAndGet();
    }

    int uploads() {
        return uploads.get();
    }

    long uploadBytes() {
        return uploadBytes.get();
    }
}
