package io.memring.engine;

import static io.memring.engine.item.ItemLayout.NO_ITEM;

import io.memring.engine.item.HashTable;
import io.memring.engine.item.Item;
import io.memring.engine.item.ItemLayout;
import io.memring.engine.item.LruSegment;
import io.memring.slab.PagePool;
import io.memring.slab.SlabAllocator;
import io.memring.slab.SlabMemory;

/**
 * Empties pages of one class so that another class, another stripe or the pool can have them; used
 * by who holds the stripe.
 *
 * <p>One page at a time is sealed and walked from its first chunk to its last, in slices. A live
 * item moves to a free chunk of its class, if need be to one that is freed by evicting the tail of
 * the class: so what is lost is what was used least, not what happened to be in the page. Pages
 * with reserved chunks are left alone, because somebody writes there without holding the stripe.
 */
final class PageMover {

    /** Evictions tried to make room for an item that has to move. */
    private static final int RESCUE_TRIES = 4;

    /** No page is being emptied. */
    private static final int IDLE = PagePool.NO_PAGE;

    private final Stripe stripe;
    private final SlabAllocator slabs;

    private int page = IDLE;
    private int pageClassId;
    private int nextIndex;

    /** Class that gets the page; 0: the pool. */
    private int targetClassId;

    PageMover(Stripe stripe) {
        this.stripe = stripe;
        this.slabs = stripe.slabs;
    }

    boolean isActive() {
        return page != IDLE;
    }

    /**
     * Starts to empty some page of a class for another; false: none of its pages can be emptied.
     */
    boolean begin(int fromClassId, int toClassId) {
        assert page == IDLE;
        int candidate = slabs.firstPage(fromClassId);
        while (candidate != PagePool.NO_PAGE) {
            if (canBeEmptied(candidate, fromClassId)) {
                page = candidate;
                pageClassId = fromClassId;
                targetClassId = toClassId;
                nextIndex = 0;
                slabs.seal(candidate);
                return true;
            }
            candidate = slabs.nextPage(candidate);
        }
        return false;
    }

    /**
     * Goes on with up to {@code chunks} chunks; true: the page has arrived, or nothing is under
     * way.
     */
    boolean step(int chunks) {
        if (page == IDLE) {
            return true;
        }
        int end = Math.min(slabs.carvedChunks(page), nextIndex + chunks);
        while (nextIndex < end) {
            if (!emptyChunk(slabs.chunk(page, nextIndex))) {
                slabs.unseal(page);
                page = IDLE;
                return true;
            }
            nextIndex++;
        }
        if (nextIndex < slabs.carvedChunks(page)) {
            return false;
        }
        deliver();
        return true;
    }

    /**
     * Empties a page of a class at once and hands it to the caller; {@link PagePool#NO_PAGE} if
     * none can be.
     */
    int take(int fromClassId) {
        finish();
        if (!begin(fromClassId, 0)) {
            return PagePool.NO_PAGE;
        }
        int taken = page;
        for (; nextIndex < slabs.carvedChunks(taken); nextIndex++) {
            if (!emptyChunk(slabs.chunk(taken, nextIndex))) {
                slabs.unseal(taken);
                page = IDLE;
                return PagePool.NO_PAGE;
            }
        }
        detach();
        return taken;
    }

    /** Brings a page that is under way to its end. */
    void finish() {
        step(Integer.MAX_VALUE / 2);
    }

    private void deliver() {
        int arrived = page;
        detach();
        if (targetClassId == 0 || stripe.engine.pool.excess() > 0) {
            stripe.engine.pool.giveBack(arrived);
        } else {
            slabs.attach(arrived, targetClassId);
        }
    }

    private void detach() {
        slabs.detach(page);
        page = IDLE;
        stripe.counters.add(Stat.SLABS_MOVED);
    }

    /**
     * Nobody writes to the page, and without evictions the rest of the class has room for what
     * lives in it.
     */
    private boolean canBeEmptied(int candidate, int classId) {
        if (!stripe.engine.config.evictToFree() && !hasRoomForAll(candidate, classId)) {
            return false;
        }
        if (stripe.reservedItems == 0 && stripe.pinned == NO_ITEM) {
            return true;
        }
        for (int i = 0; i < slabs.carvedChunks(candidate); i++) {
            int handle = slabs.chunk(candidate, i);
            if (isBusy(handle)) {
                stripe.counters.add(Stat.SLAB_REASSIGN_BUSY_ITEMS);
                return false;
            }
        }
        return true;
    }

    private boolean hasRoomForAll(int candidate, int classId) {
        int free = slabs.freeChunksOfPage(candidate);
        int used = slabs.classes().chunksPerPage(classId) - free;
        return slabs.freeChunks(classId) - free >= used;
    }

    private boolean isBusy(int handle) {
        int flags = Item.flags(stripe.region.address(handle));
        if ((flags & ItemLayout.RESERVED) != 0) {
            return true;
        }
        return stripe.pinned != NO_ITEM
                && flags != 0
                && stripe.engine.values.headOf(handle) == stripe.pinned;
    }

    /** Makes a chunk free; false: it cannot be. */
    private boolean emptyChunk(int handle) {
        long chunk = stripe.region.address(handle);
        int flags = Item.flags(chunk);
        if (flags == 0) {
            return true;
        }
        if (isBusy(handle)) {
            return false;
        }
        int head = stripe.engine.values.headOf(handle);
        if (stripe.isDead(stripe.region.address(head), stripe.now())) {
            return evict(head);
        }
        int free = chunkForRescue(handle);
        if (free == SlabAllocator.NO_CHUNK) {
            return Item.flags(chunk) == 0 || evict(head);
        }
        relocate(handle, free);
        return true;
    }

    private boolean evict(int head) {
        int flags = Item.flags(stripe.region.address(head));
        return stripe.evictor.evictOrReclaim(head, stripe.lruClass(head, flags));
    }

    /** A free chunk elsewhere for the one that has to move, as long as that still needs it. */
    private int chunkForRescue(int handle) {
        int free = slabs.allocate(pageClassId);
        for (int i = 0; i < RESCUE_TRIES && free == SlabAllocator.NO_CHUNK; i++) {
            if (!stripe.evictor.evictTail(pageClassId, LruSegment.COLD)
                    || Item.flags(stripe.region.address(handle)) == 0) {
                break;
            }
            free = slabs.allocate(pageClassId);
        }
        return free;
    }

    private void relocate(int handle, int newHandle) {
        long from = stripe.region.address(handle);
        long to = stripe.region.address(newHandle);
        int flags = Item.flags(from);
        SlabMemory.copy(from, to, slabs.classes().chunkSize(pageClassId));
        if ((flags & ItemLayout.CONTINUATION) != 0) {
            stripe.engine.values.continuationRelocated(newHandle);
            stripe.counters.add(Stat.SLAB_REASSIGN_CHUNK_RESCUES);
        } else {
            stripe.table.replace(HashTable.hashOf(to), handle, newHandle);
            stripe.lru.relocated(stripe.lruClass(newHandle, flags), newHandle);
            if (Item.isChunked(flags)) {
                stripe.engine.values.headRelocated(newHandle);
            }
            stripe.counters.add(Stat.SLAB_REASSIGN_RESCUES);
        }
        Item.setFlags(from, 0);
        slabs.free(handle);
    }
}
