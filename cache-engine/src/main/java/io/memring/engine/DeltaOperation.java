package io.memring.engine;

import static io.memring.engine.item.ItemLayout.NO_ITEM;

import io.memring.engine.command.Command;
import io.memring.engine.command.DeltaOutcome;
import io.memring.engine.item.Item;
import io.memring.engine.item.ItemLayout;
import io.memring.slab.SlabMemory;

/**
 * DELTA on one stripe, for who holds it. A number that became shorter keeps the length of its item
 * and is padded with spaces; one that became longer gets a new item.
 */
final class DeltaOperation {

    private DeltaOperation() {}

    static void run(Stripe stripe, Command command) {
        int handle = stripe.findLive(command.hash, command.keyAddress, command.keyLength);
        if (handle == NO_ITEM) {
            runOnMissing(stripe, command);
            return;
        }
        long item = stripe.region.address(handle);
        int flags = Item.flags(item);
        int length = Item.valueLength(item);
        long value = Item.valueAddress(item, flags);
        if (Item.isChunked(flags) || length == 0) {
            command.deltaOutcome = DeltaOutcome.NON_NUMERIC;
        } else if (casDiffers(item, command)) {
            command.deltaOutcome = DeltaOutcome.CAS_MISMATCH;
        } else if (!DecimalText.isNumber(value, length)) {
            command.deltaOutcome = DeltaOutcome.NON_NUMERIC;
        } else {
            command.number = changed(DecimalText.parse(value, length), command);
            stripe.counters.add(command.decrement ? Stat.DECR_HITS : Stat.INCR_HITS);
            rewrite(stripe, handle, command);
        }
    }

    /** Joining rules of meta: a CAS unique of 0 compares equal to all. */
    private static boolean casDiffers(long item, Command command) {
        return command.hasCasCompare
                && command.casCompare != 0
                && command.casCompare != Item.casUnique(item);
    }

    /** Up wraps at 2^64, down stops at 0. */
    private static long changed(long number, Command command) {
        if (!command.decrement) {
            return number + command.delta;
        }
        return Long.compareUnsigned(command.delta, number) > 0 ? 0 : number - command.delta;
    }

    private static void rewrite(Stripe stripe, int handle, Command command) {
        int digits = DecimalText.length(command.number);
        int current = handle;
        if (digits <= Item.valueLength(stripe.region.address(handle))) {
            rewriteInPlace(stripe, handle, command, digits);
        } else {
            current = rewriteLonger(stripe, handle, command, digits);
        }
        if (current == NO_ITEM) {
            command.deltaOutcome = DeltaOutcome.NO_MEMORY;
            return;
        }
        command.deltaOutcome = DeltaOutcome.OK;
        describe(stripe, current, command);
    }

    private static void rewriteInPlace(Stripe stripe, int handle, Command command, int digits) {
        long item = stripe.region.address(handle);
        long value = Item.valueAddress(item, Item.flags(item));
        DecimalText.write(value, command.number, digits);
        SlabMemory.fill(value + digits, Item.valueLength(item) - digits, (byte) ' ');
        stripe.setCas(item, command);
        stripe.update(handle, stripe.now());
    }

    private static int rewriteLonger(Stripe stripe, int handle, Command command, int digits) {
        long item = stripe.region.address(handle);
        int flags = Item.flags(item);
        stripe.pinned = handle;
        int grown =
                stripe.items.allocate(
                        command.keyAddress,
                        command.keyLength,
                        Item.clientFlags(item, flags),
                        flags & ItemLayout.KEY_BINARY,
                        digits);
        stripe.pinned = NO_ITEM;
        if (grown == NO_ITEM) {
            return NO_ITEM;
        }
        long grownItem = stripe.region.address(grown);
        Item.setExpiresAt(grownItem, Item.expiresAt(item));
        stripe.drop(handle, command.hash);
        write(stripe, grown, command, digits);
        return grown;
    }

    private static void write(Stripe stripe, int handle, Command command, int digits) {
        long item = stripe.region.address(handle);
        DecimalText.write(Item.valueAddress(item, Item.flags(item)), command.number, digits);
        stripe.link(handle, command.hash, stripe.casFor(command));
    }

    private static void describe(Stripe stripe, int handle, Command command) {
        long item = stripe.region.address(handle);
        ItemAttributes.copy(stripe, handle, command);
        if (command.hasTouch) {
            stripe.setExpiresAt(item, stripe.engine.clock.relative(command.touchExptime));
            command.itemTtlSeconds = ItemAttributes.ttlSeconds(Item.expiresAt(item), stripe.now());
        }
    }

    private static void runOnMissing(Stripe stripe, Command command) {
        if (!command.hasVivify) {
            stripe.counters.add(command.decrement ? Stat.DECR_MISSES : Stat.INCR_MISSES);
            command.deltaOutcome = DeltaOutcome.NOT_FOUND;
            return;
        }
        command.number = command.initial;
        int digits = DecimalText.length(command.number);
        int flags = command.keyIsBinary ? ItemLayout.KEY_BINARY : 0;
        int handle = stripe.items.allocate(command.keyAddress, command.keyLength, 0, flags, digits);
        if (handle == NO_ITEM) {
            command.deltaOutcome = DeltaOutcome.NO_MEMORY;
            return;
        }
        Item.setExpiresAt(
                stripe.region.address(handle), stripe.engine.clock.relative(command.vivifyExptime));
        write(stripe, handle, command, digits);
        command.deltaOutcome = DeltaOutcome.CREATED;
        ItemAttributes.copy(stripe, handle, command);
        command.itemTtlBeforeSeconds = -1;
    }
}
