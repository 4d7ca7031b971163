package io.memring.engine;

import static io.memring.engine.item.ItemLayout.NO_ITEM;

import io.memring.engine.command.Command;
import io.memring.engine.command.StoreMode;
import io.memring.engine.command.StoreOutcome;
import io.memring.engine.command.Upload;
import io.memring.engine.item.Item;
import io.memring.engine.item.ItemLayout;
import io.memring.engine.item.ItemSizes;
import io.memring.engine.item.ItemValues;
import io.memring.slab.SlabMemory;

/**
 * Append and prepend to an item that is there: a new item with the client flags and the expiry time
 * of the old one, built in the old one's chunk where it fits.
 */
final class JoinOperation {

    private JoinOperation() {}

    /** Joins the value a command points to. */
    static void joinAtHand(Stripe stripe, Command command, int old) {
        long joined = joinedLength(stripe, old, command.valueLength);
        if (isTooLarge(stripe, command, old, joined)) {
            return;
        }
        if (fitsInPlace(stripe, command, old, (int) joined)) {
            joinInPlace(stripe, command, old);
            return;
        }
        int handle = build(stripe, command, old, (int) joined);
        if (handle == NO_ITEM) {
            refuse(stripe, command, old);
            return;
        }
        ItemValues values = stripe.engine.values;
        Upload cursor = stripe.cursor;
        if (command.storeMode == StoreMode.APPEND) {
            values.write(cursor, old);
            values.write(cursor, command.valueAddress, command.valueLength);
        } else {
            values.write(cursor, command.valueAddress, command.valueLength);
            values.write(cursor, old);
        }
        replace(stripe, command, old, handle);
    }

    /** Joins the value of a reserved item, and frees it. */
    static void joinUpload(Stripe stripe, Command command, int old, int upload) {
        long uploaded = stripe.region.address(upload);
        long joined = joinedLength(stripe, old, Item.valueLength(uploaded));
        int handle = NO_ITEM;
        if (!isTooLarge(stripe, command, old, joined)) {
            handle = build(stripe, command, old, (int) joined);
        }
        if (handle != NO_ITEM) {
            boolean append = command.storeMode == StoreMode.APPEND;
            stripe.engine.values.write(stripe.cursor, append ? old : upload);
            stripe.engine.values.write(stripe.cursor, append ? upload : old);
            replace(stripe, command, old, handle);
        }
        stripe.discard(upload);
    }

    private static long joinedLength(Stripe stripe, int old, int added) {
        return (long) Item.valueLength(stripe.region.address(old)) + added;
    }

    private static boolean isTooLarge(Stripe stripe, Command command, int old, long joined) {
        if (!stripe.engine.sizes.isTooLarge(command.keyLength, clientFlags(stripe, old), joined)) {
            return false;
        }
        command.storeOutcome = StoreOutcome.NOT_STORED;
        return true;
    }

    private static boolean fitsInPlace(Stripe stripe, Command command, int old, int joined) {
        if (Item.isChunked(Item.flags(stripe.region.address(old)))) {
            return false;
        }
        int classId =
                stripe.engine.sizes.classOf(command.keyLength, clientFlags(stripe, old), joined);
        return classId != ItemSizes.CHAIN && classId == stripe.slabs.classOf(old);
    }

    private static void joinInPlace(Stripe stripe, Command command, int old) {
        long item = stripe.region.address(old);
        int oldLength = Item.valueLength(item);
        int added = command.valueLength;
        stripe.leaveLru(old);
        int flags = Item.flags(item) & ItemLayout.KEPT_BY_COPY | ItemLayout.LINKED;
        Item.setFlags(item, flags);
        Item.setValueLength(item, oldLength + added);
        long value = Item.valueAddress(item, flags);
        if (command.storeMode == StoreMode.APPEND) {
            SlabMemory.copy(command.valueAddress, value + oldLength, added);
        } else {
            SlabMemory.copy(value, value + added, oldLength);
            SlabMemory.copy(command.valueAddress, value, added);
        }
        stripe.enterLru(old, stripe.casFor(command));
        StoreOperation.stored(stripe, command, old);
    }

    /**
     * As in memcached, the value to be joined must find room first; then its failure to grow is one
     * of the ways not to be stored. The old item stays whatever comes of it.
     */
    private static void refuse(Stripe stripe, Command command, int old) {
        stripe.pinned = old;
        boolean hasRoom = StoreOperation.hasRoom(stripe, command);
        stripe.pinned = NO_ITEM;
        if (!hasRoom) {
            command.storeOutcome = StoreOutcome.NO_MEMORY;
            stripe.counters.add(Stat.STORE_NO_MEMORY);
        }
    }

    /**
     * A reserved item like the old one, with the stripe's cursor at its value; where there is no
     * memory, nothing is stored.
     */
    private static int build(Stripe stripe, Command command, int old, int joined) {
        long oldItem = stripe.region.address(old);
        int flags = Item.flags(oldItem) & ItemLayout.KEY_BINARY;
        stripe.pinned = old;
        int handle =
                stripe.items.allocate(
                        command.keyAddress,
                        command.keyLength,
                        clientFlags(stripe, old),
                        flags,
                        joined);
        stripe.pinned = NO_ITEM;
        if (handle == NO_ITEM) {
            command.storeOutcome = StoreOutcome.NOT_STORED;
            return NO_ITEM;
        }
        Item.setExpiresAt(stripe.region.address(handle), Item.expiresAt(oldItem));
        stripe.engine.values.beginWrite(handle, stripe.cursor);
        return handle;
    }

    private static void replace(Stripe stripe, Command command, int old, int handle) {
        stripe.drop(old, command.hash);
        stripe.link(handle, command.hash, stripe.casFor(command));
        StoreOperation.stored(stripe, command, handle);
    }

    private static int clientFlags(Stripe stripe, int handle) {
        long item = stripe.region.address(handle);
        return Item.clientFlags(item, Item.flags(item));
    }
}
