package io.memring.engine;

import io.memring.engine.item.Item;
import io.memring.engine.item.ItemLayout;
import io.memring.engine.item.ItemRegion;
import io.memring.slab.SlabMemory;

/**
 * Touches the memory that lookups of several keys are about to read. Used by one thread.
 *
 * <p>A lookup waits for main memory at its bucket, at the first item of the chain, and often at the
 * second. One after the other, n lookups wait 2n times and more. Here all buckets are read in a
 * first pass, all first items in a second, and so on; within a pass no read depends on another, so
 * that the processor has many of them under way at once.
 */
final class Prefetcher {
    static final int MAX_KEYS = 32;

    /** Of each chain; few items are further back. */
    private static final int ITEMS = 3;

    /** The first three of an item are read: there most values begin, and many end. */
    private static final int CACHE_LINE = 64;

    private final CacheEngine engine;
    private final int[] handles = new int[MAX_KEYS];

    /** Where all that was read ends up, so that no compiler leaves the reads out. */
    @SuppressWarnings("UnusedVariable")
    private int sink;

    Prefetcher(CacheEngine engine) {
        this.engine = engine;
    }

    /** Holds nothing: what is read may be torn, and nothing is done with it. */
    void prefetch(long[] hashes, int count) {
        for (int i = 0; i < count; i++) {
            handles[i] = engine.stripeOf(hashes[i]).table.headOf(hashes[i]);
        }
        for (int i = 0; i < ITEMS; i++) {
            touchAndFollow(hashes, count);
        }
    }

    /** Reads the items, and puts in the place of each the next one of its chain. */
    private void touchAndFollow(long[] hashes, int count) {
        int read = 0;
        for (int i = 0; i < count; i++) {
            ItemRegion region = engine.stripeOf(hashes[i]).region;
            long item = region.address(handles[i]);
            if (handles[i] != ItemLayout.NO_ITEM && region.isReadable(item)) {
                handles[i] = Item.hashNext(item);
                read += SlabMemory.getInt(item + CACHE_LINE);
                read += SlabMemory.getInt(item + 2 * CACHE_LINE);
            }
        }
        sink += read;
    }
}
