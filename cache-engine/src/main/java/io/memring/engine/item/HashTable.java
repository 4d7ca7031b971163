package io.memring.engine.item;

import static io.memring.engine.item.ItemLayout.KEY_LENGTH;
import static io.memring.engine.item.ItemLayout.NO_ITEM;

import io.memring.slab.SlabMemory;

/**
 * Finds the items of one stripe by key: buckets of one handle each, chains through the items.
 *
 * <p>The table grows by linear hashing, in place, one bucket at a time. Address space for the
 * largest table is reserved from the start, and buckets come into use in order; bucket {@code n}
 * takes its items from bucket {@code n - 2^p}, where {@code 2^p <= n < 2^(p+1)}. {@link #bucketOf}
 * is the only function that knows:
 *
 * <pre>
 *   buckets in use = 2^p + split
 *
 *   0            split          2^p        2^p + split      2^(p+1)
 *   |  split in   |  not yet     |  split off   |  not in use    |
 *   |  two        |  split       |              |                |
 *    by p+1 bits     by p bits      by p+1 bits
 * </pre>
 *
 * <p>So there is no second table, nothing is copied, and nothing is retired under the eyes of an
 * optimistic reader: it reads one number to find the bucket, and any value that number ever had
 * leads to a bucket that is mapped.
 */
public final class HashTable {

    /**
     * What {@link #findOptimistically} answers when a chain does not seem to end; no item has this
     * handle.
     */
    public static final int OVERTAKEN = -1;

    /**
     * Longest chain an optimistic reader follows: longer ones are taken for a loop made by a write.
     */
    static final int CHAIN_MAX = 4096;

    static final int BUCKETS_MIN = 64;

    /**
     * With two, a lookup that finds its item has looked at 1.25 on average; with one, at 1.5, and
     * each is a wait for memory.
     */
    public static final int BUCKETS_PER_ITEM = 2;

    private static final int BUCKET_SHIFT = 2;

    private final ItemRegion region;
    private final long address;
    private final int bucketsMax;

    /** Buckets in use. */
    private int buckets = BUCKETS_MIN;

    /** {@code address} has zeroed space for {@code bucketsMax} buckets, a power of two. */
    public HashTable(ItemRegion region, long address, int bucketsMax) {
        this.region = region;
        this.address = address;
        this.bucketsMax = bucketsMax;
    }

    /** Bytes of address space that a table needs. */
    public static long reservedBytes(int bucketsMax) {
        return (long) bucketsMax << BUCKET_SHIFT;
    }

    public int buckets() {
        return buckets;
    }

    /** First item of a bucket. */
    public int head(int bucket) {
        return SlabMemory.getInt(bucketAddress(bucket));
    }

    /**
     * The first item of a hash's bucket as it is at the moment; for readers who do not hold the
     * stripe.
     */
    public int headOf(long hash) {
        return SlabMemory.getInt(bucketAddress(bucketOf((int) hash)));
    }

    /** The item of a key, or {@link ItemLayout#NO_ITEM}; for who holds the stripe. */
    public int find(long hash, long key, int keyLength) {
        int handle = SlabMemory.getInt(bucketAddress(bucketOf((int) hash)));
        while (handle != NO_ITEM) {
            long item = region.address(handle);
            if (isItemOf(item, key, keyLength)) {
                return handle;
            }
            handle = Item.hashNext(item);
        }
        return NO_ITEM;
    }

    /**
     * As {@link #find}, for readers who do not hold the stripe: the answer means something only if
     * the stripe's sequence did not change.
     */
    public int findOptimistically(long hash, long key, int keyLength) {
        int handle = SlabMemory.getInt(bucketAddress(bucketOf((int) hash)));
        for (int i = 0; i < CHAIN_MAX; i++) {
            if (handle == NO_ITEM) {
                return NO_ITEM;
            }
            long item = region.address(handle);
            if (!region.isReadable(item)) {
                return OVERTAKEN;
            }
            if (isItemOf(item, key, keyLength)) {
                return handle;
            }
            handle = Item.hashNext(item);
        }
        return OVERTAKEN;
    }

    /** Adds an item that is not in the table. */
    public void insert(long hash, int handle) {
        long bucket = bucketAddress(bucketOf((int) hash));
        Item.setHashNext(region.address(handle), SlabMemory.getInt(bucket));
        SlabMemory.putInt(bucket, handle);
    }

    /** Removes an item that is in the table. */
    public void remove(long hash, int handle) {
        replaceLink(hash, handle, Item.hashNext(region.address(handle)));
    }

    /** Puts an item in the place of another, whose copy it is. */
    public void replace(long hash, int oldHandle, int newHandle) {
        replaceLink(hash, oldHandle, newHandle);
    }

    /**
     * Splits up to {@code steps} buckets while there are too few for so many items; false: there is
     * nothing to do.
     */
    public boolean grow(long items, int steps) {
        for (int i = 0; i < steps; i++) {
            if (!needsGrowth(items)) {
                return false;
            }
            split();
        }
        return needsGrowth(items);
    }

    public boolean needsGrowth(long items) {
        return items > buckets / BUCKETS_PER_ITEM && buckets < bucketsMax;
    }

    /** Bucket of a hash, of which only the low 32 bits matter. */
    private int bucketOf(int hash) {
        int inUse = buckets;
        int mask = (Integer.highestOneBit(inUse) << 1) - 1;
        int bucket = hash & mask;
        return bucket < inUse ? bucket : bucket & mask >>> 1;
    }

    private long bucketAddress(int bucket) {
        return address + ((long) bucket << BUCKET_SHIFT);
    }

    private boolean isItemOf(long item, long key, int keyLength) {
        if ((SlabMemory.getByte(item + KEY_LENGTH) & 0xff) != keyLength) {
            return false;
        }
        return SlabMemory.equal(Item.keyAddress(item, Item.flags(item)), key, keyLength);
    }

    private void replaceLink(long hash, int handle, int replacement) {
        long bucket = bucketAddress(bucketOf((int) hash));
        int current = SlabMemory.getInt(bucket);
        if (current == handle) {
            SlabMemory.putInt(bucket, replacement);
            return;
        }
        while (true) {
            assert current != NO_ITEM : "handle=" + handle + " is not in its bucket";
            long item = region.address(current);
            current = Item.hashNext(item);
            if (current == handle) {
                Item.setHashNext(item, replacement);
                return;
            }
        }
    }

    /**
     * Takes the next bucket into use and moves to it what belongs there from the bucket it splits.
     */
    private void split() {
        int added = buckets;
        int from = added - Integer.highestOneBit(added);
        int handle = SlabMemory.getInt(bucketAddress(from));
        buckets = added + 1;
        int staying = NO_ITEM;
        int moving = NO_ITEM;
        while (handle != NO_ITEM) {
            long item = region.address(handle);
            int next = Item.hashNext(item);
            if (bucketOf((int) hashOf(item)) == added) {
                Item.setHashNext(item, moving);
                moving = handle;
            } else {
                Item.setHashNext(item, staying);
                staying = handle;
            }
            handle = next;
        }
        SlabMemory.putInt(bucketAddress(from), staying);
        SlabMemory.putInt(bucketAddress(added), moving);
    }

    /** Hash of an item's key. */
    public static long hashOf(long item) {
        return KeyHash.hash(Item.keyAddress(item, Item.flags(item)), Item.keyLength(item));
    }
}
