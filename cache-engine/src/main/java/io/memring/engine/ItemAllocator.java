package io.memring.engine;

import static io.memring.engine.item.ItemLayout.NO_ITEM;

import io.memring.engine.command.Upload;
import io.memring.engine.item.Item;
import io.memring.engine.item.ItemLayout;
import io.memring.engine.item.ItemSizes;
import io.memring.engine.item.ItemWriter;

/** Makes reserved items out of chunks; used by who holds the stripe. */
final class ItemAllocator {

    private final Stripe stripe;
    private final EngineState engine;

    ItemAllocator(Stripe stripe) {
        this.stripe = stripe;
        this.engine = stripe.engine;
    }

    /**
     * A reserved item with its key in place and room for a value; {@link ItemLayout#NO_ITEM} when
     * there is no memory.
     *
     * @param flags of {@link ItemLayout}, beyond those that follow from the other parameters
     */
    int allocate(long key, int keyLength, int clientFlags, int flags, int valueLength) {
        int handle = begin(key, keyLength, clientFlags, flags, valueLength);
        if (handle == NO_ITEM) {
            return NO_ITEM;
        }
        Upload chain = stripe.cursor;
        beginChain(handle, chain);
        return extend(chain, Integer.MAX_VALUE) ? handle : NO_ITEM;
    }

    /** As {@link #allocate}, but of a chain of chunks the first one alone. */
    int begin(long key, int keyLength, int clientFlags, int flags, int valueLength) {
        int classId = engine.sizes.classOf(keyLength, clientFlags, valueLength);
        boolean chain = classId == ItemSizes.CHAIN;
        int handle = stripe.chunks.take(chain ? engine.classes.largestClassId() : classId);
        if (handle == NO_ITEM) {
            return NO_ITEM;
        }
        long item = stripe.region.address(handle);
        int state = flags | ItemLayout.RESERVED | (chain ? ItemLayout.CHUNKED : 0);
        ItemWriter.begin(item, state, clientFlags, key, keyLength);
        Item.setValueLength(item, valueLength);
        stripe.reservedItems++;
        return handle;
    }

    /**
     * Sets out to take the rest of an item's chunks: the cursor's chunk is the last one so far, and
     * what remains is the part of the value that no chunk has room for.
     */
    void beginChain(int handle, Upload chain) {
        long item = stripe.region.address(handle);
        int length = Item.valueLength(item);
        int inHead = length;
        if (Item.isChunked(Item.flags(item))) {
            inHead = engine.values.capacityOfHead(Item.flags(item), Item.keyLength(item));
        }
        chain.itemHandle = handle;
        chain.chunkHandle = handle;
        chain.remaining = length - Math.min(length, inHead);
    }

    /**
     * Takes up to {@code chunks} of the chunks that a chain still needs; false: there is no memory,
     * the item is gone and the cursor closed.
     */
    boolean extend(Upload chain, int chunks) {
        for (int i = 0; i < chunks && chain.remaining > 0; i++) {
            int chunk = continuation(chain.remaining);
            if (chunk == NO_ITEM) {
                stripe.discard(chain.itemHandle);
                chain.itemHandle = NO_ITEM;
                return false;
            }
            int capacity = engine.sizes.continuationCapacity(stripe.slabs.classOf(chunk));
            int part = Math.min(chain.remaining, capacity);
            engine.values.appendContinuation(chain.chunkHandle, chunk, part);
            chain.chunkHandle = chunk;
            chain.remaining -= part;
        }
        return true;
    }

    /** A chunk fitted to what is left, or one of the largest class where there is none. */
    private int continuation(int left) {
        int fitted = engine.sizes.continuationClassOf(left);
        int chunk = stripe.chunks.take(fitted);
        return chunk != NO_ITEM ? chunk : stripe.chunks.take(engine.classes.largestClassId());
    }
}
