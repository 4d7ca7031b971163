package io.memring.engine;

import static io.memring.engine.item.ItemLayout.NO_ITEM;

import io.memring.engine.item.HashTable;
import io.memring.engine.item.Item;
import io.memring.engine.item.ItemLayout;
import io.memring.engine.item.LruSegment;

/**
 * Decides which items of a stripe fall down the LRU segments and out; used by who holds the stripe.
 */
final class Evictor {

    /** Items at a tail that are looked at before giving up on it. */
    private static final int TRIES = 5;

    private static final int[] PULLED_DOWN = {LruSegment.HOT, LruSegment.WARM};
    private static final int[] LAST_RESORT = {LruSegment.HOT, LruSegment.WARM, LruSegment.TEMP};

    private final Stripe stripe;

    /** Age in seconds of the item that was evicted last, by class. */
    private final int[] lastEvictedAge;

    /** Items evicted so far, and those of them that would have expired some day, by class. */
    private final long[] evicted;

    private final long[] evictedNonzero;

    Evictor(Stripe stripe) {
        this.stripe = stripe;
        int slots = stripe.engine.classes.largestClassId() + 1;
        this.lastEvictedAge = new int[slots];
        this.evicted = new long[slots];
        this.evictedNonzero = new long[slots];
    }

    /**
     * Frees the memory of the class's item that is needed least; false: there is none that may go.
     */
    boolean evictOne(int classId) {
        if (evictTail(classId, LruSegment.COLD)) {
            return true;
        }
        for (int segment : PULLED_DOWN) {
            for (int i = 0; i < TRIES && pull(classId, segment, 0, 0); i++) {
                if (evictTail(classId, LruSegment.COLD)) {
                    return true;
                }
            }
        }
        for (int segment : LAST_RESORT) {
            if (evictTail(classId, segment)) {
                return true;
            }
        }
        return false;
    }

    /** Frees the memory of the last item of a segment that may go. */
    boolean evictTail(int classId, int segment) {
        int handle = stripe.lru.tail(classId, segment);
        for (int i = 0; i < TRIES && handle != NO_ITEM; i++) {
            if (handle != stripe.pinned) {
                return evictOrReclaim(handle, classId);
            }
            handle = stripe.lru.previous(handle);
        }
        return false;
    }

    /**
     * Frees the memory of an item because it is needed elsewhere; false: it is alive and must not
     * be evicted.
     */
    boolean evictOrReclaim(int handle, int classId) {
        long item = stripe.region.address(handle);
        if (reclaimIfDead(handle)) {
            return true;
        }
        if (!stripe.engine.config.evictToFree()) {
            return false;
        }
        lastEvictedAge[classId] = stripe.now() - Item.lastAccess(item);
        evicted[classId]++;
        evictedNonzero[classId] += Item.expiresAt(item) == 0 ? 0 : 1;
        countEviction(Item.flags(item));
        stripe.drop(handle, HashTable.hashOf(item));
        return true;
    }

    /**
     * Looks at the last item of HOT or WARM: frees it if it is dead, lets it stay or go round in
     * WARM if it is active, sends it to COLD if the segment holds more than {@code limitBytes} or
     * the item was idle longer than {@code maxAge}. False: it may stay where it is.
     */
    boolean pull(int classId, int segment, long limitBytes, int maxAge) {
        int handle = stripe.lru.tail(classId, segment);
        if (handle == NO_ITEM || handle == stripe.pinned) {
            return false;
        }
        long item = stripe.region.address(handle);
        int flags = Item.flags(item);
        if (reclaimIfDead(handle)) {
            return true;
        }
        if ((flags & ItemLayout.ACTIVE) != 0) {
            Item.setFlags(item, flags & ~ItemLayout.ACTIVE);
            move(handle, classId, LruSegment.WARM);
            boolean within = segment == LruSegment.WARM;
            stripe.counters.add(within ? Stat.MOVES_WITHIN_LRU : Stat.MOVES_TO_WARM);
            return true;
        }
        if (stripe.lru.bytes(classId, segment) > limitBytes
                || stripe.now() - Item.lastAccess(item) > maxAge) {
            move(handle, classId, LruSegment.COLD);
            stripe.counters.add(Stat.MOVES_TO_COLD);
            return true;
        }
        return false;
    }

    /** Frees the last item of TEMP if it is dead. */
    boolean reclaimTemporary(int classId) {
        int handle = stripe.lru.tail(classId, LruSegment.TEMP);
        return handle != NO_ITEM && reclaimIfDead(handle);
    }

    /** Moves an item to the head of a segment. */
    void move(int handle, int classId, int segment) {
        stripe.lru.unlink(classId, handle);
        stripe.lru.link(classId, segment, handle);
    }

    /**
     * Seconds that the next item to go has been idle; negative where the class has no item to
     * evict.
     */
    int tailAge(int classId) {
        int handle = stripe.lru.tail(classId, LruSegment.COLD);
        if (handle == NO_ITEM) {
            handle = stripe.lru.tail(classId, LruSegment.HOT);
        }
        if (handle == NO_ITEM) {
            return -1;
        }
        return stripe.now() - Item.lastAccess(stripe.region.address(handle));
    }

    int lastEvictedAge(int classId) {
        return lastEvictedAge[classId];
    }

    long evicted(int classId) {
        return evicted[classId];
    }

    long evictedNonzero(int classId) {
        return evictedNonzero[classId];
    }

    private boolean reclaimIfDead(int handle) {
        long item = stripe.region.address(handle);
        if (!stripe.isDead(item, stripe.now())) {
            return false;
        }
        stripe.counters.add(Stat.RECLAIMED);
        if ((Item.flags(item) & ItemLayout.FETCHED) == 0) {
            stripe.counters.add(Stat.EXPIRED_UNFETCHED);
        }
        stripe.drop(handle, HashTable.hashOf(item));
        return true;
    }

    private void countEviction(int flags) {
        stripe.counters.add(Stat.EVICTIONS);
        if ((flags & ItemLayout.FETCHED) == 0) {
            stripe.counters.add(Stat.EVICTED_UNFETCHED);
        }
        if ((flags & ItemLayout.ACTIVE) != 0) {
            stripe.counters.add(Stat.EVICTED_ACTIVE);
        }
    }
}
