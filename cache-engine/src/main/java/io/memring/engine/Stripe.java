package io.memring.engine;

import static io.memring.engine.item.ItemLayout.NO_ITEM;

import io.memring.engine.command.Command;
import io.memring.engine.command.Upload;
import io.memring.engine.item.HashTable;
import io.memring.engine.item.Item;
import io.memring.engine.item.ItemLayout;
import io.memring.engine.item.ItemRegion;
import io.memring.engine.item.ItemValues;
import io.memring.engine.item.LruLists;
import io.memring.engine.item.LruSegment;
import io.memring.slab.SlabAllocator;

/**
 * A small cache of its own: the items whose hashes choose it, with table, LRU lists, chunks and CAS
 * uniques. Everything but {@link #sequence} is changed only by who holds the stripe.
 *
 * <p>This class knows the life of an item: <em>free → reserved → linked → free</em>. What a command
 * means is in the operations; where memory comes from is in {@link ChunkSupply}.
 */
final class Stripe {

    /** {@link #nextExpiry} when nothing expires. */
    static final int NEVER = Integer.MAX_VALUE;

    /** An active item's last access is noted again after this many seconds. */
    static final int ACCESS_INTERVAL_SECONDS = 60;

    /** Buckets that are split for each item linked while the table is too small. */
    private static final int SPLITS_PER_LINK = 2 * HashTable.BUCKETS_PER_ITEM;

    private static final int HIT_BEFORE = ItemLayout.FETCHED | ItemLayout.ACTIVE;

    final int index;
    final EngineState engine;
    final StripeSequence sequence;
    final SlabAllocator slabs;
    final ItemRegion region;
    final HashTable table;
    final LruLists lru;
    final Evictor evictor;
    final PageMover mover;
    final ChunkSupply chunks;
    final ItemAllocator items;

    /** Writes values that are at hand. */
    final Upload cursor = new Upload();

    /** Where the holder counts. */
    Counters counters = new Counters();

    /** An item that the running operation still needs: it is neither evicted nor moved. */
    int pinned = NO_ITEM;

    /**
     * Items that have memory but are not linked: uploads, and what the running operation is
     * building.
     */
    int reservedItems;

    /**
     * The flush epoch as of when the stripe was taken. The holder uses no other, so that what it
     * does comes before a flush or after it: nothing that it finds before a flush can enter what
     * lives on after it.
     */
    private int epoch;

    private long itemCount;
    private long itemBytes;

    /** No item expires before this second; meanwhile a sweep is useless. */
    private int nextExpiry = NEVER;

    private long casCounter;

    Stripe(int index, EngineState engine, StripeSequence sequence, HashTable table) {
        this.index = index;
        this.engine = engine;
        this.sequence = sequence;
        this.table = table;
        this.region = engine.region;
        this.slabs = new SlabAllocator(engine.pool, engine.classes);
        this.lru = new LruLists(region, engine.classes.largestClassId() + 1);
        this.evictor = new Evictor(this);
        this.mover = new PageMover(this);
        this.chunks = new ChunkSupply(this);
        this.items = new ItemAllocator(this);
    }

    /** Takes the stripe for a worker if it is free. */
    boolean tryAcquire(Counters holder) {
        if (!sequence.tryAcquire()) {
            return false;
        }
        counters = holder;
        epoch = engine.flushEpoch();
        return true;
    }

    /** The flush epoch in which the holder took the stripe. */
    int epoch() {
        return epoch;
    }

    void release() {
        sequence.release();
    }

    /** The item of a key, if it is alive; a dead one is dropped and counted. */
    int findLive(long hash, long key, int keyLength) {
        int handle = table.find(hash, key, keyLength);
        if (handle == NO_ITEM) {
            return NO_ITEM;
        }
        long item = region.address(handle);
        boolean flushed = isFlushed(item);
        if (!flushed && !isExpired(item, now())) {
            return handle;
        }
        counters.add(flushed ? Stat.GET_FLUSHED : Stat.GET_EXPIRED);
        drop(handle, hash);
        return NO_ITEM;
    }

    int now() {
        return engine.clock.nowSeconds();
    }

    /** For who holds the stripe. */
    boolean isDead(long item, int now) {
        return isFlushed(item) || isExpired(item, now);
    }

    /** For readers who do not hold the stripe. */
    boolean looksDead(long item, int now) {
        return Item.flushEpoch(item) != (byte) engine.flushEpoch() || isExpired(item, now);
    }

    private boolean isFlushed(long item) {
        return Item.flushEpoch(item) != (byte) epoch;
    }

    static boolean isExpired(long item, int now) {
        int expiresAt = Item.expiresAt(item);
        return expiresAt != 0 && expiresAt <= now;
    }

    /** Makes a reserved item reachable. */
    void link(int handle, long hash, long casUnique) {
        long item = region.address(handle);
        int flags = Item.flags(item);
        if (Item.isChunked(flags)) {
            markContinuations(item, ItemLayout.LINKED);
        }
        Item.setFlags(item, flags & ~ItemLayout.RESERVED | ItemLayout.LINKED);
        reservedItems--;
        table.insert(hash, handle);
        itemCount++;
        enterLru(handle, casUnique);
        table.grow(itemCount, SPLITS_PER_LINK);
    }

    /** Second half of linking, also for an item that was overwritten and goes to the head again. */
    void enterLru(int handle, long casUnique) {
        long item = region.address(handle);
        int flags = Item.flags(item);
        lru.link(lruClass(handle, flags), segmentFor(Item.expiresAt(item)), handle);
        itemBytes += Item.totalSize(item);
        markStored(item, casUnique);
    }

    private void markStored(long item, long casUnique) {
        Item.setCasUnique(item, engine.config.casEnabled() ? casUnique : 0);
        Item.setLastAccess(item, now());
        Item.setFlushEpoch(item, (byte) epoch);
        noteExpiry(Item.expiresAt(item));
        counters.add(Stat.TOTAL_ITEMS);
    }

    /** Takes a linked item out of the lists; answers the flags it keeps when overwritten: none. */
    int leaveLru(int handle) {
        long item = region.address(handle);
        lru.unlink(lruClass(handle, Item.flags(item)), handle);
        itemBytes -= Item.totalSize(item);
        return 0;
    }

    /**
     * Whether an item that is overwritten in its chunk may keep its place in HOT or WARM: marked as
     * active it gets another round, which is worth as much as a place at the head of HOT, and its
     * neighbours need not be touched.
     */
    boolean keepsPlace(long item, int expiresAt) {
        int segment = Item.segment(Item.flags(item));
        return (segment == LruSegment.HOT || segment == LruSegment.WARM)
                && segmentFor(expiresAt) != LruSegment.TEMP;
    }

    /** Takes an item's bytes out of the sums; answers the flags that it keeps. */
    int beginOverwrite(int handle) {
        long item = region.address(handle);
        addBytes(handle, -Item.totalSize(item));
        return Item.withSegment(ItemLayout.ACTIVE, Item.segment(Item.flags(item)));
    }

    /** The item has its new value. */
    void endOverwrite(int handle, long casUnique) {
        long item = region.address(handle);
        addBytes(handle, Item.totalSize(item));
        markStored(item, casUnique);
    }

    private void addBytes(int handle, int bytes) {
        int flags = Item.flags(region.address(handle));
        lru.addBytes(lruClass(handle, flags), Item.segment(flags), bytes);
        itemBytes += bytes;
    }

    /** Unlinks an item and frees its memory. */
    void drop(int handle, long hash) {
        leaveLru(handle);
        table.remove(hash, handle);
        itemCount--;
        freeChunks(handle);
    }

    /** Frees a reserved item. */
    void discard(int handle) {
        reservedItems--;
        freeChunks(handle);
    }

    private void freeChunks(int handle) {
        long item = region.address(handle);
        int next = Item.isChunked(Item.flags(item)) ? Item.nextChunk(item) : NO_ITEM;
        freeChunk(handle);
        while (next != NO_ITEM) {
            int following = ItemValues.continuationNext(region.address(next));
            freeChunk(next);
            next = following;
        }
    }

    private void freeChunk(int handle) {
        Item.setFlags(region.address(handle), 0);
        slabs.free(handle);
    }

    private void markContinuations(long item, int state) {
        int next = Item.nextChunk(item);
        while (next != NO_ITEM) {
            long chunk = region.address(next);
            Item.setFlags(chunk, ItemLayout.CONTINUATION | state);
            next = ItemValues.continuationNext(chunk);
        }
    }

    /** A new CAS unique, different from all others of the engine. */
    private long nextCas() {
        return ++casCounter * engine.config.stripes() + index;
    }

    /** The CAS unique that an item gets from a command: the one it brings, or a new one. */
    long casFor(Command command) {
        return command.hasCasExplicit ? command.casExplicit : nextCas();
    }

    /** Gives a linked item a new CAS unique. */
    void setCas(long item, Command command) {
        Item.setCasUnique(item, engine.config.casEnabled() ? casFor(command) : 0);
    }

    /** Sets when an item dies. */
    void setExpiresAt(long item, int seconds) {
        Item.setExpiresAt(item, seconds);
        noteExpiry(seconds);
    }

    private void noteExpiry(int expiresAt) {
        if (expiresAt != 0 && expiresAt < nextExpiry) {
            nextExpiry = expiresAt;
        }
    }

    int nextExpiry() {
        return nextExpiry;
    }

    /** A sweep begins that will note every expiry it sees. */
    void forgetNextExpiry() {
        nextExpiry = NEVER;
    }

    /** An item that a sweep leaves alive. */
    void keepExpiry(long item) {
        noteExpiry(Item.expiresAt(item));
    }

    /** The LRU lists of a chained item are those of the largest class, whatever its chunks are. */
    int lruClass(int handle, int flags) {
        return Item.isChunked(flags) ? engine.classes.largestClassId() : slabs.classOf(handle);
    }

    private int segmentFor(int expiresAt) {
        EngineConfig config = engine.config;
        if (expiresAt != 0
                && config.temporaryTtl() >= 0
                && expiresAt - now() <= config.temporaryTtl()) {
            return LruSegment.TEMP;
        }
        return config.lruMaintainer() ? LruSegment.HOT : LruSegment.COLD;
    }

    /** A hit on an item with these fields would change it. */
    boolean wantsBump(int flags, int lastAccess, int now) {
        if (now - lastAccess > ACCESS_INTERVAL_SECONDS) {
            return true;
        }
        int wanted = engine.config.lruMaintainer() ? HIT_BEFORE : ItemLayout.FETCHED;
        return (flags & wanted) != wanted;
    }

    /**
     * Marks a hit: the first sets FETCHED, the second ACTIVE, which earns an item in COLD its way
     * back to WARM. With one flat list the item goes to its head instead, once a minute at most.
     */
    void bump(int handle, int now) {
        long item = region.address(handle);
        int flags = Item.flags(item);
        if (!engine.config.lruMaintainer()) {
            Item.setFlags(item, flags | ItemLayout.FETCHED);
            update(handle, now);
        } else if ((flags & ItemLayout.FETCHED) == 0) {
            Item.setFlags(item, flags | ItemLayout.FETCHED);
        } else {
            Item.setFlags(item, flags | ItemLayout.ACTIVE);
            update(handle, now);
        }
    }

    /** Notes an access; an active item in COLD moves to WARM. */
    void update(int handle, int now) {
        long item = region.address(handle);
        int flags = Item.flags(item);
        int classId = lruClass(handle, flags);
        if (!engine.config.lruMaintainer()) {
            if (now - Item.lastAccess(item) > ACCESS_INTERVAL_SECONDS) {
                Item.setLastAccess(item, now);
                evictor.move(handle, classId, Item.segment(flags));
            }
            return;
        }
        Item.setLastAccess(item, now);
        if (Item.segment(flags) == LruSegment.COLD && (flags & ItemLayout.ACTIVE) != 0) {
            Item.setFlags(item, flags & ~ItemLayout.ACTIVE);
            evictor.move(handle, classId, LruSegment.WARM);
            counters.add(Stat.MOVES_TO_WARM);
        }
    }

    long itemCount() {
        return itemCount;
    }

    long itemBytes() {
        return itemBytes;
    }
}
