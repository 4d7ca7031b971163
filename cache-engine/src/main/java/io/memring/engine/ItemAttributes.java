package io.memring.engine;

import io.memring.engine.command.Command;
import io.memring.engine.item.Item;
import io.memring.engine.item.ItemLayout;

/** Copies what a caller may want to know about an item into its command. */
final class ItemAttributes {

    private ItemAttributes() {}

    /**
     * Copies everything; safe on an item that is being changed, if the caller then checks that it
     * was not.
     */
    static void copy(Stripe stripe, int handle, Command command) {
        long item = stripe.region.address(handle);
        int flags = Item.flags(item);
        int now = stripe.now();
        int ttl = ttlSeconds(Item.expiresAt(item), now);
        command.itemCas = Item.casUnique(item);
        command.itemClientFlags = Item.clientFlags(item, flags);
        command.itemValueLength = Item.valueLength(item);
        command.itemTtlSeconds = ttl;
        command.itemTtlBeforeSeconds = ttl;
        command.itemIdleSeconds = now - Item.lastAccess(item);
        command.itemHitBefore = (flags & ItemLayout.FETCHED) != 0;
        command.itemKeyIsBinary = (flags & ItemLayout.KEY_BINARY) != 0;
        command.itemStale = (flags & ItemLayout.STALE) != 0;
        command.itemWinSent = (flags & ItemLayout.TOKEN_SENT) != 0;
        command.itemWon = false;
        if (command.debug) {
            command.itemSlabClassId = stripe.lruClass(handle, flags);
            command.itemTotalBytes = Item.totalSize(item);
        }
    }

    /** Seconds left, -1 for ever. */
    static int ttlSeconds(int expiresAt, int now) {
        return expiresAt == 0 ? -1 : expiresAt - now;
    }
}
