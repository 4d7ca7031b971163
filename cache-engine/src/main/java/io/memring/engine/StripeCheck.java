package io.memring.engine;

import static io.memring.engine.item.ItemLayout.NO_ITEM;

import io.memring.engine.item.HashTable;
import io.memring.engine.item.Item;
import io.memring.engine.item.ItemLayout;
import io.memring.engine.item.ItemValues;
import io.memring.engine.item.LruSegment;
import io.memring.slab.PagePool;
import io.memring.slab.SlabAllocator;

import java.util.HashSet;
import java.util.Set;

/**
 * Checks that one stripe is consistent: every chunk is free, linked or reserved exactly once;
 * table, LRU lists and counters agree; the bytes in use are the sum over the classes. For tests,
 * and allocating freely.
 */
final class StripeCheck {

    private final Stripe stripe;
    private final Set<Integer> linked = new HashSet<>();
    private final Set<Integer> continuations = new HashSet<>();
    private long bytes;

    StripeCheck(Stripe stripe) {
        this.stripe = stripe;
    }

    void run() {
        walkTable();
        walkLists();
        walkPages();
        require(linked.size() == stripe.itemCount(), "items in the table", linked.size());
        require(bytes == stripe.itemBytes(), "bytes of linked items", bytes);
    }

    private void walkTable() {
        for (int bucket = 0; bucket < stripe.table.buckets(); bucket++) {
            int handle = stripe.table.head(bucket);
            while (handle != NO_ITEM) {
                checkLinked(handle);
                handle = Item.hashNext(stripe.region.address(handle));
            }
        }
    }

    private void checkLinked(int handle) {
        long item = stripe.region.address(handle);
        int flags = Item.flags(item);
        require(linked.add(handle), "item twice in the table", handle);
        require((flags & ItemLayout.LINKED) != 0, "item in the table is not linked", handle);
        require((flags & ItemLayout.RESERVED) == 0, "linked item is reserved", handle);
        int found =
                stripe.table.find(
                        HashTable.hashOf(item), Item.keyAddress(item, flags), Item.keyLength(item));
        require(found == handle, "item is not found by its key", handle);
        bytes += Item.totalSize(item);
        collectChain(handle);
    }

    private void collectChain(int handle) {
        long item = stripe.region.address(handle);
        int next = Item.isChunked(Item.flags(item)) ? Item.nextChunk(item) : NO_ITEM;
        int previous = handle;
        while (next != NO_ITEM) {
            long chunk = stripe.region.address(next);
            require(continuations.add(next), "chunk continues two items", next);
            require(ItemValues.continuationPrevious(chunk) == previous, "chain is broken", next);
            previous = next;
            next = ItemValues.continuationNext(chunk);
        }
    }

    private void walkLists() {
        int items = 0;
        long sum = 0;
        for (int id = 1; id <= stripe.engine.classes.largestClassId(); id++) {
            for (int segment = 0; segment < LruSegment.COUNT; segment++) {
                items += walkList(id, segment);
                sum += stripe.lru.bytes(id, segment);
            }
        }
        require(items == linked.size(), "items in LRU lists", items);
        require(sum == bytes, "bytes in LRU lists", sum);
    }

    private int walkList(int classId, int segment) {
        int count = 0;
        int previous = NO_ITEM;
        int handle = stripe.lru.head(classId, segment);
        while (handle != NO_ITEM) {
            int flags = Item.flags(stripe.region.address(handle));
            require(linked.contains(handle), "item in an LRU list is not in the table", handle);
            require(Item.segment(flags) == segment, "item is in a foreign segment", handle);
            require(
                    stripe.lruClass(handle, flags) == classId,
                    "item is in a foreign class",
                    handle);
            require(stripe.lru.previous(handle) == previous, "LRU list is broken", handle);
            previous = handle;
            handle = stripe.lru.next(handle);
            count++;
        }
        require(stripe.lru.tail(classId, segment) == previous, "tail of LRU list", previous);
        require(stripe.lru.count(classId, segment) == count, "count of LRU list", count);
        return count;
    }

    private void walkPages() {
        int pages = 0;
        int reservedHeads = 0;
        for (int id = 1; id <= stripe.engine.classes.largestClassId(); id++) {
            long free = 0;
            int page = stripe.slabs.firstPage(id);
            while (page != PagePool.NO_PAGE) {
                reservedHeads += walkPage(page, id);
                free += stripe.slabs.freeChunksOfPage(page);
                pages++;
                page = stripe.slabs.nextPage(page);
            }
            require(free == stripe.slabs.freeChunks(id), "free chunks of class " + id, free);
        }
        require(pages == stripe.slabs.totalPages(), "pages of the stripe", pages);
        require(reservedHeads == stripe.reservedItems, "reserved items", reservedHeads);
    }

    /** Answers how many reserved items begin in the page. */
    private int walkPage(int page, int classId) {
        SlabAllocator slabs = stripe.slabs;
        int used = 0;
        int reservedHeads = 0;
        for (int i = 0; i < slabs.carvedChunks(page); i++) {
            int handle = slabs.chunk(page, i);
            int flags = Item.flags(stripe.region.address(handle));
            boolean isLinked = (flags & ItemLayout.LINKED) != 0;
            boolean continues = (flags & ItemLayout.CONTINUATION) != 0;
            if (isLinked) {
                Set<Integer> known = continues ? continuations : linked;
                require(known.contains(handle), "linked chunk is not reachable", handle);
            } else if (flags != 0 && !continues) {
                reservedHeads++;
            }
            used += flags == 0 ? 0 : 1;
        }
        int perPage = slabs.classes().chunksPerPage(classId);
        require(
                perPage - used == slabs.freeChunksOfPage(page),
                "free chunks of page " + page,
                used);
        return reservedHeads;
    }

    static void require(boolean holds, String what, long value) {
        if (!holds) {
            throw new AssertionError("Broken invariant: " + what + ": " + value);
        }
    }
}
