package io.memring.engine;

import static io.memring.engine.item.ItemLayout.NO_ITEM;

import io.memring.engine.command.Command;
import io.memring.engine.command.FetchOutcome;
import io.memring.engine.item.HashTable;
import io.memring.engine.item.Item;
import io.memring.engine.item.ItemLayout;
import io.memring.slab.SlabMemory;

/**
 * FETCH and TOUCH on one stripe.
 *
 * <p>A plain FETCH does not hold the stripe: it notes the sequence, reads, and checks the sequence
 * when it is finished. One that changes the item holds the stripe from execute to finish, so that
 * the value copied belongs to the attributes read. One that had to be handed to the stripe's owner
 * comes back with a private copy of the value.
 */
final class FetchOperation {

    // Values of Command.fetchState.

    /** Nothing was found, there is nothing to finish. */
    static final int NOTHING = 0;

    /** Command.fetchToken is the sequence to check. */
    static final int OPTIMISTIC = 1;

    /** The stripe is held. */
    static final int HELD = 2;

    /** Command.fetchToken is the address of a copy of the value; 0 where no value is wanted. */
    static final int COPIED = 3;

    /** Optimistic tries of one execute before it takes the stripe. */
    private static final int TRIES = 16;

    private FetchOperation() {}

    /** Tries to answer without holding the stripe; false: the stripe has to be held. */
    static boolean tryOptimistically(Stripe stripe, Command command, Counters counters) {
        for (int i = 0; i < TRIES; i++) {
            long sequence = stripe.sequence.read();
            if (StripeSequence.isHeld(sequence)) {
                Thread.onSpinWait();
                continue;
            }
            int handle =
                    stripe.table.findOptimistically(
                            command.hash, command.keyAddress, command.keyLength);
            if (handle == HashTable.OVERTAKEN) {
                continue;
            }
            if (handle == NO_ITEM) {
                if (stripe.sequence.isUnchangedSince(sequence)) {
                    return missed(command, counters);
                }
                continue;
            }
            ItemAttributes.copy(stripe, handle, command);
            boolean changes = changesItem(stripe, handle, command);
            if (stripe.sequence.isUnchangedSince(sequence)) {
                command.fetchOutcome = FetchOutcome.HIT;
                command.fetchState = OPTIMISTIC;
                command.fetchToken = sequence;
                command.fetchHandle = handle;
                return !changes;
            }
        }
        counters.add(Stat.READ_RETRIES);
        return false;
    }

    private static boolean missed(Command command, Counters counters) {
        if (command.hasVivify) {
            return false;
        }
        miss(command, counters);
        return true;
    }

    /** The item is dead, or this fetch would win a token. */
    private static boolean changesItem(Stripe stripe, int handle, Command command) {
        long item = stripe.region.address(handle);
        if (stripe.looksDead(item, stripe.now())) {
            return true;
        }
        return command.meta && wins(stripe, item, command);
    }

    /**
     * A meta get wins the right to recache: the item is stale, or about to expire, and nobody has
     * won it yet.
     */
    private static boolean wins(Stripe stripe, long item, Command command) {
        int flags = Item.flags(item);
        if ((flags & ItemLayout.TOKEN_SENT) != 0) {
            return false;
        }
        int expiresAt = Item.expiresAt(item);
        return (flags & ItemLayout.STALE) != 0
                || command.hasRecache
                        && expiresAt != 0
                        && expiresAt < stripe.engine.clock.relative(command.recacheSeconds);
    }

    /** Answers while holding the stripe; true: it must be held until the fetch is finished. */
    static boolean runHeld(Stripe stripe, Command command) {
        int handle = stripe.findLive(command.hash, command.keyAddress, command.keyLength);
        if (handle == NO_ITEM) {
            handle = command.hasVivify ? vivify(stripe, command) : NO_ITEM;
            if (handle == NO_ITEM) {
                miss(command, stripe.counters);
                return false;
            }
            command.fetchOutcome = FetchOutcome.CREATED;
            ItemAttributes.copy(stripe, handle, command);
            command.itemTtlBeforeSeconds = -1;
            win(stripe, handle, command);
        } else {
            command.fetchOutcome = FetchOutcome.HIT;
            readAndChange(stripe, handle, command);
        }
        command.fetchState = HELD;
        command.fetchHandle = handle;
        return true;
    }

    private static int vivify(Stripe stripe, Command command) {
        int flags = command.keyIsBinary ? ItemLayout.KEY_BINARY : 0;
        int handle = stripe.items.allocate(command.keyAddress, command.keyLength, 0, flags, 0);
        if (handle == NO_ITEM) {
            return NO_ITEM;
        }
        int expiresAt = stripe.engine.clock.relative(command.vivifyExptime);
        Item.setExpiresAt(stripe.region.address(handle), expiresAt);
        stripe.link(handle, command.hash, stripe.casFor(command));
        return handle;
    }

    private static void readAndChange(Stripe stripe, int handle, Command command) {
        long item = stripe.region.address(handle);
        ItemAttributes.copy(stripe, handle, command);
        if (command.hasTouch) {
            touch(stripe, item, command);
            command.itemTtlSeconds = ItemAttributes.ttlSeconds(Item.expiresAt(item), stripe.now());
        }
        if (command.meta && wins(stripe, item, command)) {
            win(stripe, handle, command);
        }
    }

    private static void win(Stripe stripe, int handle, Command command) {
        long item = stripe.region.address(handle);
        command.itemWon = true;
        Item.setFlags(item, Item.flags(item) | ItemLayout.TOKEN_SENT);
    }

    private static void touch(Stripe stripe, long item, Command command) {
        stripe.setExpiresAt(item, stripe.engine.clock.relative(command.touchExptime));
    }

    /** Ends an optimistic fetch; false: it was overtaken. */
    static boolean finishOptimistic(Stripe stripe, Command command, Counters counters) {
        long item = stripe.region.address(command.fetchHandle);
        int flags = Item.flags(item);
        int lastAccess = Item.lastAccess(item);
        if (!stripe.sequence.isUnchangedSince(command.fetchToken)) {
            return false;
        }
        command.fetchState = NOTHING;
        hit(command, counters);
        if (!command.noBump && stripe.wantsBump(flags, lastAccess, stripe.now())) {
            bumpIfFree(stripe, command, counters);
        }
        return true;
    }

    /**
     * Marks the hit if the stripe can be taken just as the reader saw it; a mark less does no harm.
     */
    private static void bumpIfFree(Stripe stripe, Command command, Counters counters) {
        if (!stripe.sequence.tryAcquireFrom(command.fetchToken)) {
            counters.add(Stat.LRU_BUMPS_DROPPED);
            return;
        }
        stripe.counters = counters;
        stripe.bump(command.fetchHandle, stripe.now());
        stripe.release();
    }

    /** Ends a fetch that holds the stripe, and releases it. */
    static void finishHeld(Stripe stripe, Command command, Counters counters) {
        command.fetchState = NOTHING;
        if (!command.noBump) {
            stripe.bump(command.fetchHandle, stripe.now());
        }
        stripe.release();
        hit(command, counters);
    }

    /**
     * Replaces the hold of a fetch by a private copy of the value, for a caller on another thread.
     */
    static void copyAndRelease(Stripe stripe, Command command) {
        try {
            command.fetchToken = command.wantsValue ? copyOfValue(stripe, command) : 0;
            command.fetchState = COPIED;
            if (!command.noBump) {
                stripe.bump(command.fetchHandle, stripe.now());
            }
        } finally {
            stripe.release();
        }
    }

    private static long copyOfValue(Stripe stripe, Command command) {
        int length = command.itemValueLength;
        long copy = SlabMemory.allocate(Math.max(1, length));
        stripe.engine.values.copy(command.fetchHandle, length, copy);
        return copy;
    }

    /** Copies the value from the private copy. */
    static void copyCopied(Command command, long destination) {
        if (command.fetchToken != 0) {
            SlabMemory.copy(command.fetchToken, destination, command.itemValueLength);
        }
    }

    /** Ends a fetch with a private copy. */
    static void finishCopied(Command command, Counters counters) {
        command.fetchState = NOTHING;
        if (command.fetchToken != 0) {
            SlabMemory.free(command.fetchToken);
            command.fetchToken = 0;
        }
        hit(command, counters);
    }

    /** TOUCH. */
    static void touch(Stripe stripe, Command command) {
        int handle = stripe.findLive(command.hash, command.keyAddress, command.keyLength);
        stripe.counters.add(Stat.CMD_TOUCH);
        if (handle == NO_ITEM) {
            command.fetchOutcome = FetchOutcome.MISS;
            stripe.counters.add(Stat.TOUCH_MISSES);
            return;
        }
        command.fetchOutcome = FetchOutcome.HIT;
        readAndChange(stripe, handle, command);
        touch(stripe, stripe.region.address(handle), command);
        stripe.bump(handle, stripe.now());
        stripe.counters.add(Stat.TOUCH_HITS);
    }

    private static void hit(Command command, Counters counters) {
        if (command.debug) {
            return;
        }
        if (command.hasTouch) {
            counters.add(Stat.CMD_TOUCH);
            counters.add(Stat.TOUCH_HITS);
        } else {
            counters.add(Stat.CMD_GET);
            counters.add(Stat.GET_HITS);
        }
    }

    /** A meta get that misses counts as a get even if it would have touched. */
    private static void miss(Command command, Counters counters) {
        command.fetchOutcome = FetchOutcome.MISS;
        command.fetchState = NOTHING;
        if (command.debug) {
            return;
        }
        if (command.hasTouch && !command.meta) {
            counters.add(Stat.CMD_TOUCH);
            counters.add(Stat.TOUCH_MISSES);
        } else {
            counters.add(Stat.CMD_GET);
            counters.add(Stat.GET_MISSES);
        }
    }
}
