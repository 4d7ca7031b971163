package io.memring.engine.item;

import io.memring.slab.SlabClassTable;

/**
 * Which items are allowed, and which slab class an item belongs to. What is too large is decided by
 * memcached's formula for the size of an item, so that the same values are accepted. With
 * memcached's own class table its formula also chooses the class, so that the same items share a
 * class; ours are smaller, so they fit.
 */
public final class ItemSizes {

    /** Answer of {@link #classOf} for items that need a chain of chunks. */
    public static final int CHAIN = 0;

    private static final int MEMCACHED_HEADER = 48;
    private static final int MEMCACHED_CAS = 8;
    private static final int MEMCACHED_KEY_END = 1;
    private static final int MEMCACHED_VALUE_END = 2;

    private final SlabClassTable classes;
    private final boolean likeMemcached;
    private final int memcachedFixedSize;
    private final int itemSizeMax;

    public ItemSizes(SlabClassTable classes, boolean likeMemcached, boolean cas, int itemSizeMax) {
        this.classes = classes;
        this.likeMemcached = likeMemcached;
        this.itemSizeMax = itemSizeMax;
        this.memcachedFixedSize =
                MEMCACHED_HEADER
                        + (cas ? MEMCACHED_CAS : 0)
                        + MEMCACHED_KEY_END
                        + MEMCACHED_VALUE_END;
    }

    public boolean isTooLarge(int keyLength, int clientFlags, long valueLength) {
        return memcachedSize(keyLength, clientFlags, valueLength) > itemSizeMax;
    }

    /** Slab class of an item that is not too large, or {@link #CHAIN}. */
    public int classOf(int keyLength, int clientFlags, int valueLength) {
        long size =
                likeMemcached
                        ? memcachedSize(keyLength, clientFlags, valueLength)
                        : size(keyLength, clientFlags, valueLength);
        return size > classes.chunkSizeMax() ? CHAIN : classes.classOf((int) size);
    }

    /**
     * Slab class of a continuation chunk for the rest of a value; the largest where it does not fit
     * one chunk.
     */
    public int continuationClassOf(int valueLeft) {
        long size = (long) ItemLayout.HEADER_SIZE + valueLeft;
        return classes.classOf((int) Math.min(size, classes.chunkSizeMax()));
    }

    /** Bytes of the value that a chunk of a class holds when it continues an item. */
    public int continuationCapacity(int classId) {
        return classes.chunkSize(classId) - ItemLayout.HEADER_SIZE;
    }

    private long memcachedSize(int keyLength, int clientFlags, long valueLength) {
        return memcachedFixedSize + keyLength + clientFlagsSize(clientFlags) + valueLength;
    }

    private static long size(int keyLength, int clientFlags, int valueLength) {
        return (long) ItemLayout.HEADER_SIZE
                + clientFlagsSize(clientFlags)
                + keyLength
                + valueLength;
    }

    private static int clientFlagsSize(int clientFlags) {
        return clientFlags == 0 ? 0 : ItemLayout.CLIENT_FLAGS_SIZE;
    }
}
