package io.memring.engine;

import static io.memring.engine.item.ItemLayout.NO_ITEM;

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
        return chain ? continueChain(handle, valueLength) : handle;
    }

    private int continueChain(int handle, int valueLength) {
        long item = stripe.region.address(handle);
        int inHead = engine.values.capacityOfHead(Item.flags(item), Item.keyLength(item));
        int left = valueLength - Math.min(valueLength, inHead);
        int last = handle;
        while (left > 0) {
            int chunk = continuation(left);
            if (chunk == NO_ITEM) {
                stripe.discard(handle);
                return NO_ITEM;
            }
            int part =
                    Math.min(left, engine.sizes.continuationCapacity(stripe.slabs.classOf(chunk)));
            engine.values.appendContinuation(last, chunk, part);
            last = chunk;
            left -= part;
        }
        return handle;
    }

    /** A chunk fitted to what is left, or one of the largest class where there is none. */
    private int continuation(int left) {
        int fitted = engine.sizes.continuationClassOf(left);
        int chunk = stripe.chunks.take(fitted);
        return chunk != NO_ITEM ? chunk : stripe.chunks.take(engine.classes.largestClassId());
    }
}
