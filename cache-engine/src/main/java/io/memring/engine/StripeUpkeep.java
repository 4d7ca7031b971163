package io.memring.engine;

import io.memring.slab.PagePool;

/**
 * The background work of one stripe, done by its owner in slices: growth, LRU balance, sweeps, page
 * moves.
 */
final class StripeUpkeep {

    // Work of one slice.

    private static final int BUCKETS_SPLIT = 64;
    private static final int ITEMS_BALANCED = 128;
    private static final int BUCKETS_SWEPT = 256;
    private static final int CHUNKS_MOVED = 64;

    /** Memory is scarce when less than one part in this many of it is left. */
    private static final int SCARCE_SHARE = 8;

    final Stripe stripe;
    final Sweeper sweeper;
    private final LruMaintainer lruMaintainer;

    private int lastSecond = -1;
    private boolean unfinished;

    StripeUpkeep(Stripe stripe) {
        this.stripe = stripe;
        this.sweeper = new Sweeper(stripe);
        this.lruMaintainer = new LruMaintainer(stripe);
    }

    /** A second has passed since the last slice, or that one left something over. */
    boolean isDue(int nowSeconds) {
        return unfinished || nowSeconds != lastSecond;
    }

    /** Runs one slice; the caller holds the stripe. */
    void run(int nowSeconds) {
        lastSecond = nowSeconds;
        boolean growing = stripe.table.grow(stripe.itemCount(), BUCKETS_SPLIT);
        boolean balancing = isMemoryScarce() && lruMaintainer.balance(ITEMS_BALANCED);
        boolean sweeping = sweeper.step(BUCKETS_SWEPT);
        boolean moving = movePages();
        unfinished = growing || balancing || sweeping || moving;
    }

    /**
     * While there is memory left nobody needs to know which items are needed least; HOT and WARM
     * are brought down to their shares when evictions come near.
     */
    private boolean isMemoryScarce() {
        PagePool pool = stripe.engine.pool;
        return pool.available() <= pool.limitBytes() / pool.pageSize() / SCARCE_SHARE;
    }

    private boolean movePages() {
        if (stripe.mover.isActive()) {
            stripe.mover.step(CHUNKS_MOVED);
            return true;
        }
        return stripe.engine.pool.excess() > 0 && stripe.chunks.beginShrinking();
    }
}
