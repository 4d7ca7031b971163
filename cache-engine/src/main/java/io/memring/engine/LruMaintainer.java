package io.memring.engine;

import static io.memring.engine.item.ItemLayout.NO_ITEM;

import io.memring.engine.item.Item;
import io.memring.engine.item.LruSegment;

/**
 * Keeps HOT and WARM of every class of a stripe within their shares, as background work of the
 * stripe's owner.
 */
final class LruMaintainer {

    private static final int PERCENT = 100;

    private final Stripe stripe;
    private int classId = 1;

    LruMaintainer(Stripe stripe) {
        this.stripe = stripe;
    }

    /** Moves up to {@code budget} items; true: there is more to do. */
    boolean balance(int budget) {
        int largest = stripe.engine.classes.largestClassId();
        int left = budget;
        while (classId <= largest) {
            int moves = balanceClass(left);
            left -= moves;
            if (left <= 0) {
                return true;
            }
            classId++;
        }
        classId = 1;
        return false;
    }

    private int balanceClass(int budget) {
        EngineConfig config = stripe.engine.config;
        int moves = 0;
        while (moves < budget && stripe.evictor.reclaimTemporary(classId)) {
            moves++;
        }
        long total = segmentedBytes();
        if (total == 0 || !config.lruMaintainer()) {
            return moves;
        }
        long hotLimit = total * config.hotLruPercent() / PERCENT;
        long warmLimit = total * config.warmLruPercent() / PERCENT;
        int coldAge = coldAge();
        int hotAge = (int) Math.min(Integer.MAX_VALUE, coldAge * config.hotMaxFactor());
        int warmAge = (int) Math.min(Integer.MAX_VALUE, coldAge * config.warmMaxFactor());
        while (moves < budget) {
            boolean hot = stripe.evictor.pull(classId, LruSegment.HOT, hotLimit, hotAge);
            boolean warm = stripe.evictor.pull(classId, LruSegment.WARM, warmLimit, warmAge);
            if (!hot && !warm) {
                break;
            }
            moves++;
        }
        stripe.counters.add(Stat.LRU_MAINTAINER_JUGGLES, moves);
        return moves;
    }

    private long segmentedBytes() {
        return stripe.lru.bytes(classId, LruSegment.HOT)
                + stripe.lru.bytes(classId, LruSegment.WARM)
                + stripe.lru.bytes(classId, LruSegment.COLD);
    }

    private int coldAge() {
        int tail = stripe.lru.tail(classId, LruSegment.COLD);
        return tail == NO_ITEM ? 0 : stripe.now() - Item.lastAccess(stripe.region.address(tail));
    }
}
