package io.memring.engine.item;

import io.memring.slab.SlabMemory;

/** Fills the header of a fresh item. */
public final class ItemWriter {

    private ItemWriter() {}

    /**
     * Makes a chunk an item that holds a key and has room for a value, in no list and with no life
     * yet.
     *
     * @param flags beyond the one that says whether there are client flags
     */
    public static void begin(long item, int flags, int clientFlags, long key, int keyLength) {
        int all = clientFlags == 0 ? flags : flags | ItemLayout.HAS_CLIENT_FLAGS;
        Item.setFlags(item, all);
        Item.setKeyLength(item, keyLength);
        if (clientFlags != 0) {
            Item.setClientFlags(item, all, clientFlags);
        }
        if ((all & ItemLayout.CHUNKED) != 0) {
            Item.setNextChunk(item, ItemLayout.NO_ITEM);
        }
        SlabMemory.copy(key, Item.keyAddress(item, all), keyLength);
    }
}
