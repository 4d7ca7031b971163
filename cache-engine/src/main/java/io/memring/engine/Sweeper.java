package io.memring.engine;

import static io.memring.engine.item.ItemLayout.NO_ITEM;

import io.memring.engine.item.HashTable;
import io.memring.engine.item.Item;
import io.memring.engine.item.ItemLayout;

/**
 * Frees expired and flushed items of a stripe by walking its table, bucket by bucket, a bounded
 * number per second. A pass starts only if something can be found: after a flush, or when the
 * earliest expiry has come. Buckets that are split while a pass is under way move items towards its
 * end, never behind it, so that none is missed.
 */
final class Sweeper {

    /**
     * Walked in a second at most, so that a large stripe costs its owner a few milliseconds of it.
     */
    static final int BUCKETS_PER_SECOND = 1 << 15;

    private final Stripe stripe;

    private boolean active;
    private int position;
    private int passEpoch;
    private int lastStart;
    private int budgetSecond;
    private int budget;

    /** No item is older than this flush epoch. Written by who holds the stripe. */
    private volatile int sweptEpoch;

    Sweeper(Stripe stripe) {
        this.stripe = stripe;
    }

    int sweptEpoch() {
        return sweptEpoch;
    }

    /** Walks up to {@code buckets}; true: there is more to do now. */
    boolean step(int buckets) {
        int now = stripe.now();
        if (!active && !begin(now)) {
            return false;
        }
        if (now != budgetSecond) {
            budgetSecond = now;
            budget = BUCKETS_PER_SECOND;
        }
        int count = Math.min(buckets, budget);
        budget -= count;
        return walk(count, now) && budget > 0;
    }

    /** Makes a whole pass at once. */
    void sweepAll() {
        start(stripe.now());
        walk(Integer.MAX_VALUE, stripe.now());
    }

    private boolean begin(int now) {
        boolean flushed = stripe.epoch() != sweptEpoch;
        boolean expired =
                stripe.engine.config.lruCrawler() && now >= stripe.nextExpiry() && now != lastStart;
        if (flushed || expired) {
            start(now);
        }
        return active;
    }

    private void start(int now) {
        active = true;
        position = 0;
        lastStart = now;
        passEpoch = stripe.epoch();
        stripe.forgetNextExpiry();
    }

    /** True: the pass goes on. */
    private boolean walk(int buckets, int now) {
        for (int i = 0; i < buckets; i++) {
            if (position >= stripe.table.buckets()) {
                active = false;
                sweptEpoch = passEpoch;
                return false;
            }
            sweepBucket(position++, now);
        }
        return true;
    }

    private void sweepBucket(int bucket, int now) {
        int handle = stripe.table.head(bucket);
        while (handle != NO_ITEM) {
            long item = stripe.region.address(handle);
            int next = Item.hashNext(item);
            stripe.counters.add(Stat.CRAWLER_ITEMS_CHECKED);
            if (stripe.isDead(item, now)) {
                reclaim(handle, item);
            } else {
                stripe.keepExpiry(item);
            }
            handle = next;
        }
    }

    private void reclaim(int handle, long item) {
        stripe.counters.add(Stat.CRAWLER_RECLAIMED);
        if ((Item.flags(item) & ItemLayout.FETCHED) == 0) {
            stripe.counters.add(Stat.EXPIRED_UNFETCHED);
        }
        stripe.drop(handle, HashTable.hashOf(item));
    }
}
