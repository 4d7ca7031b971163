package io.memring.engine;

import static io.memring.engine.item.ItemLayout.NO_ITEM;

import io.memring.engine.command.Command;
import io.memring.engine.command.StoreMode;
import io.memring.engine.command.StoreOutcome;
import io.memring.engine.command.Upload;
import io.memring.engine.item.Item;
import io.memring.engine.item.ItemLayout;
import io.memring.engine.item.ItemSizes;
import io.memring.engine.item.ItemWriter;
import io.memring.slab.SlabMemory;

/**
 * STORE, RESERVE, COMMIT and ABORT on one stripe, for who holds it.
 *
 * <p>A store that replaces an item frees the old one first, or is written over it where it fits the
 * same chunk; so a full cache needs no eviction to change a value.
 */
final class StoreOperation {

    /** What one run of RESERVE takes, about; in a full cache as much has to be evicted for it. */
    private static final int SLICE_BYTES = 1 << 20;

    /** Where chunks are small; each may take a look at several lists. */
    private static final int SLICE_CHUNKS_MAX = 40;

    private StoreOperation() {}

    /** STORE: the value is at hand. */
    static void store(Stripe stripe, Command command) {
        if (isRefused(stripe, command)) {
            return;
        }
        stripe.counters.add(Stat.CMD_SET);
        int old = stripe.findLive(command.hash, command.keyAddress, command.keyLength);
        command.storeOutcome = StoreConditions.check(stripe, old, command);
        if (command.storeOutcome != StoreOutcome.STORED) {
            command.itemCas = 0;
            command.itemValueLength = command.valueLength;
        } else if (old != NO_ITEM && isJoin(command)) {
            JoinOperation.joinAtHand(stripe, command, old);
        } else {
            put(stripe, command, old);
        }
    }

    /**
     * RESERVE: takes memory for a value that is still arriving; false: a slice of it, and the
     * command must be run again. Nobody has to wait until a cache has been emptied for a very large
     * value.
     */
    static boolean reserve(Stripe stripe, Command command, Upload upload) {
        if (!upload.isOpen() && !beginReserve(stripe, command, upload)) {
            return true;
        }
        if (!stripe.items.extend(upload, chunksPerSlice(stripe))) {
            stripe.engine.closeUpload(accountOf(command.valueLength));
            outOfMemory(stripe, command);
            return true;
        }
        if (upload.remaining > 0) {
            return false;
        }
        stripe.counters.add(Stat.CMD_SET);
        stripe.engine.values.beginWrite(upload.itemHandle, upload);
        command.storeOutcome = StoreOutcome.STORED;
        return true;
    }

    /** Takes the item's first chunk; false: the value is refused. */
    private static boolean beginReserve(Stripe stripe, Command command, Upload upload) {
        if (isRefused(stripe, command)) {
            return false;
        }
        long account = accountOf(command.valueLength);
        if (!stripe.engine.openUpload(account)) {
            outOfMemory(stripe, command);
            return false;
        }
        int handle =
                stripe.items.begin(
                        command.keyAddress,
                        command.keyLength,
                        command.clientFlags,
                        flagsOf(command),
                        command.valueLength);
        if (handle == NO_ITEM) {
            stripe.engine.closeUpload(account);
            outOfMemory(stripe, command);
            return false;
        }
        Item.setExpiresAt(stripe.region.address(handle), expiryOf(stripe, command));
        upload.stripeIndex = stripe.index;
        stripe.items.beginChain(handle, upload);
        return true;
    }

    private static int chunksPerSlice(Stripe stripe) {
        int inBytes = SLICE_BYTES / stripe.engine.classes.chunkSizeMax();
        return Math.clamp(inBytes, 1, SLICE_CHUNKS_MAX);
    }

    /**
     * COMMIT: makes a complete upload visible, or gives it back. The upload is closed in any case.
     */
    static void commit(Stripe stripe, Command command, Upload upload) {
        assert upload.isOpen() && upload.remaining == 0 : "remaining=" + upload.remaining;
        int handle = upload.itemHandle;
        upload.itemHandle = NO_ITEM;
        long item = stripe.region.address(handle);
        stripe.engine.closeUpload(accountOf(Item.valueLength(item)));
        int old = stripe.findLive(command.hash, command.keyAddress, command.keyLength);
        command.itemCas = 0;
        command.itemValueLength = Item.valueLength(item);
        command.storeOutcome = StoreConditions.check(stripe, old, command);
        if (command.storeOutcome != StoreOutcome.STORED) {
            stripe.discard(handle);
        } else if (old != NO_ITEM && isJoin(command)) {
            JoinOperation.joinUpload(stripe, command, old, handle);
        } else {
            linkUpload(stripe, command, old, handle);
        }
    }

    /** ABORT: gives a reserved chunk back. */
    static void abort(Stripe stripe, int handle) {
        long item = stripe.region.address(handle);
        stripe.engine.closeUpload(accountOf(Item.valueLength(item)));
        stripe.discard(handle);
    }

    /** What an unfinished upload is accounted with. */
    private static long accountOf(int valueLength) {
        return (long) ItemLayout.HEADER_SIZE + valueLength;
    }

    private static void put(Stripe stripe, Command command, int old) {
        int inherited = StoreConditions.inheritedFlags(stripe, old, command);
        int expiresAt =
                inherited == 0
                        ? expiryOf(stripe, command)
                        : Item.expiresAt(stripe.region.address(old));
        if (fitsInPlace(stripe, command, old)) {
            overwrite(stripe, command, old, inherited, expiresAt);
            return;
        }
        if (old != NO_ITEM) {
            stripe.drop(old, command.hash);
        }
        int handle = allocate(stripe, command);
        if (handle == NO_ITEM) {
            outOfMemory(stripe, command);
            return;
        }
        long item = stripe.region.address(handle);
        Item.setFlags(item, Item.flags(item) | inherited);
        Item.setExpiresAt(item, expiresAt);
        Upload cursor = stripe.cursor;
        stripe.engine.values.beginWrite(handle, cursor);
        stripe.engine.values.write(cursor, command.valueAddress, command.valueLength);
        link(stripe, command, handle);
    }

    private static boolean fitsInPlace(Stripe stripe, Command command, int old) {
        if (old == NO_ITEM || Item.isChunked(Item.flags(stripe.region.address(old)))) {
            return false;
        }
        int classId =
                stripe.engine.sizes.classOf(
                        command.keyLength, command.clientFlags, command.valueLength);
        return classId != ItemSizes.CHAIN && classId == stripe.slabs.classOf(old);
    }

    /** Writes a new item over an old one of the same class; in the table nothing changes. */
    private static void overwrite(
            Stripe stripe, Command command, int old, int inherited, int expiresAt) {
        long item = stripe.region.address(old);
        boolean keepsPlace = stripe.keepsPlace(item, expiresAt);
        int kept = keepsPlace ? stripe.beginOverwrite(old) : stripe.leaveLru(old);
        int flags = flagsOf(command) | inherited | kept | ItemLayout.LINKED;
        ItemWriter.begin(item, flags, command.clientFlags, command.keyAddress, command.keyLength);
        Item.setValueLength(item, command.valueLength);
        Item.setExpiresAt(item, expiresAt);
        SlabMemory.copy(
                command.valueAddress,
                Item.valueAddress(item, Item.flags(item)),
                command.valueLength);
        if (keepsPlace) {
            stripe.endOverwrite(old, stripe.casFor(command));
        } else {
            stripe.enterLru(old, stripe.casFor(command));
        }
        stored(stripe, command, old);
    }

    private static void linkUpload(Stripe stripe, Command command, int old, int handle) {
        long item = stripe.region.address(handle);
        int inherited = StoreConditions.inheritedFlags(stripe, old, command);
        if (inherited != 0) {
            Item.setFlags(item, Item.flags(item) | inherited);
            Item.setExpiresAt(item, Item.expiresAt(stripe.region.address(old)));
        }
        if (old != NO_ITEM) {
            stripe.drop(old, command.hash);
        }
        link(stripe, command, handle);
    }

    private static void link(Stripe stripe, Command command, int handle) {
        stripe.link(handle, command.hash, stripe.casFor(command));
        stored(stripe, command, handle);
    }

    static void stored(Stripe stripe, Command command, int handle) {
        long item = stripe.region.address(handle);
        command.storeOutcome = StoreOutcome.STORED;
        command.itemCas = Item.casUnique(item);
        command.itemValueLength = Item.valueLength(item);
    }

    private static int allocate(Stripe stripe, Command command) {
        return stripe.items.allocate(
                command.keyAddress,
                command.keyLength,
                command.clientFlags,
                flagsOf(command),
                command.valueLength);
    }

    /** Whether there is memory for the value that a command brings, alone. */
    static boolean hasRoom(Stripe stripe, Command command) {
        int handle = allocate(stripe, command);
        if (handle == NO_ITEM) {
            return false;
        }
        stripe.discard(handle);
        return true;
    }

    private static int flagsOf(Command command) {
        return command.keyIsBinary ? ItemLayout.KEY_BINARY : 0;
    }

    static boolean isJoin(Command command) {
        return command.storeMode == StoreMode.APPEND || command.storeMode == StoreMode.PREPEND;
    }

    private static int expiryOf(Stripe stripe, Command command) {
        boolean vivified = isJoin(command) && command.hasVivify;
        return stripe.engine.clock.relative(vivified ? command.vivifyExptime : command.exptime);
    }

    private static boolean isRefused(Stripe stripe, Command command) {
        if (!stripe.engine.sizes.isTooLarge(
                command.keyLength, command.clientFlags, command.valueLength)) {
            return false;
        }
        command.storeOutcome = StoreOutcome.TOO_LARGE;
        stripe.counters.add(Stat.STORE_TOO_LARGE);
        forget(stripe, command);
        return true;
    }

    private static void outOfMemory(Stripe stripe, Command command) {
        command.storeOutcome = StoreOutcome.NO_MEMORY;
        stripe.counters.add(Stat.STORE_NO_MEMORY);
        forget(stripe, command);
    }

    /** After a failed set the old value must not live on. */
    private static void forget(Stripe stripe, Command command) {
        command.itemCas = 0;
        command.itemValueLength = command.valueLength;
        boolean plainSet = command.storeMode == StoreMode.SET && !command.hasCasCompare;
        if (!plainSet && !command.forgetsOld) {
            return;
        }
        int old = stripe.table.find(command.hash, command.keyAddress, command.keyLength);
        if (old != NO_ITEM) {
            stripe.drop(old, command.hash);
        }
    }
}
