package io.memring.engine.item;

import static io.memring.engine.item.ItemLayout.NO_ITEM;

/**
 * The LRU lists of one stripe: four segments for each slab class, linked through the items, newest
 * at the head. Invariant: {@code head = NO_ITEM ⇔ tail = NO_ITEM ⇔ count = 0}, and an item is in
 * the list that its flags and its class name.
 */
public final class LruLists {

    private final ItemRegion region;
    private final int[] heads;
    private final int[] tails;
    private final int[] counts;
    private final long[] bytes;

    public LruLists(ItemRegion region, int classes) {
        this.region = region;
        int lists = classes * LruSegment.COUNT;
        this.heads = new int[lists];
        this.tails = new int[lists];
        this.counts = new int[lists];
        this.bytes = new long[lists];
    }

    /** Puts an item at the head of a segment and notes the segment in its flags. */
    public void link(int classId, int segment, int handle) {
        int list = list(classId, segment);
        long item = region.address(handle);
        int head = heads[list];
        Item.setFlags(item, Item.withSegment(Item.flags(item), segment));
        Item.setLruPrevious(item, NO_ITEM);
        Item.setLruNext(item, head);
        if (head == NO_ITEM) {
            tails[list] = handle;
        } else {
            Item.setLruPrevious(region.address(head), handle);
        }
        heads[list] = handle;
        counts[list]++;
        bytes[list] += Item.totalSize(item);
    }

    /** Takes an item out of its list; its size must still be the one it was linked with. */
    public void unlink(int classId, int handle) {
        long item = region.address(handle);
        int list = list(classId, Item.segment(Item.flags(item)));
        int next = Item.lruNext(item);
        int previous = Item.lruPrevious(item);
        setNext(list, previous, next);
        setPrevious(list, next, previous);
        counts[list]--;
        bytes[list] -= Item.totalSize(item);
    }

    /** An item changes its size where it is. */
    public void addBytes(int classId, int segment, int change) {
        bytes[list(classId, segment)] += change;
    }

    /** Lets the neighbours of an item that was copied to another place point to the copy. */
    public void relocated(int classId, int newHandle) {
        long item = region.address(newHandle);
        int list = list(classId, Item.segment(Item.flags(item)));
        setNext(list, Item.lruPrevious(item), newHandle);
        setPrevious(list, Item.lruNext(item), newHandle);
    }

    public int head(int classId, int segment) {
        return heads[list(classId, segment)];
    }

    public int tail(int classId, int segment) {
        return tails[list(classId, segment)];
    }

    public int count(int classId, int segment) {
        return counts[list(classId, segment)];
    }

    public long bytes(int classId, int segment) {
        return bytes[list(classId, segment)];
    }

    /** Bytes in all segments of a class. */
    public long bytes(int classId) {
        long sum = 0;
        for (int segment = 0; segment < LruSegment.COUNT; segment++) {
            sum += bytes(classId, segment);
        }
        return sum;
    }

    /** The item after this one, towards the tail. */
    public int next(int handle) {
        return Item.lruNext(region.address(handle));
    }

    /** The item before this one, towards the head. */
    public int previous(int handle) {
        return Item.lruPrevious(region.address(handle));
    }

    private void setNext(int list, int handle, int next) {
        if (handle == NO_ITEM) {
            heads[list] = next;
        } else {
            Item.setLruNext(region.address(handle), next);
        }
    }

    private void setPrevious(int list, int handle, int previous) {
        if (handle == NO_ITEM) {
            tails[list] = previous;
        } else {
            Item.setLruPrevious(region.address(handle), previous);
        }
    }

    private static int list(int classId, int segment) {
        return classId * LruSegment.COUNT + segment;
    }
}
