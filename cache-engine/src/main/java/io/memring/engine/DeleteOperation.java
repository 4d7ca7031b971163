package io.memring.engine;

import static io.memring.engine.item.ItemLayout.NO_ITEM;

import io.memring.engine.command.Command;
import io.memring.engine.command.DeleteOutcome;
import io.memring.engine.item.Item;
import io.memring.engine.item.ItemLayout;

/**
 * DELETE on one stripe, for who holds it: unlinks an item, or leaves a stale or an empty one in its
 * place.
 */
final class DeleteOperation {

    private DeleteOperation() {}

    static void run(Stripe stripe, Command command) {
        int handle = stripe.findLive(command.hash, command.keyAddress, command.keyLength);
        command.deleteOutcome = check(stripe, handle, command);
        if (command.deleteOutcome != DeleteOutcome.DELETED) {
            stripe.counters.add(Stat.DELETE_MISSES);
            return;
        }
        if (command.removeValue) {
            handle = bury(stripe, handle, command);
            if (handle == NO_ITEM) {
                command.deleteOutcome = DeleteOutcome.NOT_STORED;
                return;
            }
        }
        if (command.invalidate) {
            invalidate(stripe, handle, command);
            return;
        }
        stripe.counters.add(Stat.DELETE_HITS);
        if (!command.removeValue) {
            stripe.drop(handle, command.hash);
        }
    }

    private static DeleteOutcome check(Stripe stripe, int handle, Command command) {
        if (handle == NO_ITEM) {
            return DeleteOutcome.NOT_FOUND;
        }
        long current = Item.casUnique(stripe.region.address(handle));
        boolean differs = command.hasCasCompare && command.casCompare != current;
        return differs ? DeleteOutcome.EXISTS : DeleteOutcome.DELETED;
    }

    /**
     * Puts an empty item in the place of another; it keeps the CAS unique unless it is given one.
     */
    private static int bury(Stripe stripe, int handle, Command command) {
        long cas = Item.casUnique(stripe.region.address(handle));
        stripe.drop(handle, command.hash);
        int flags = command.keyIsBinary ? ItemLayout.KEY_BINARY : 0;
        int tombstone =
                stripe.items.allocate(
                        command.keyAddress, command.keyLength, command.clientFlags, flags, 0);
        if (tombstone == NO_ITEM) {
            return NO_ITEM;
        }
        Item.setExpiresAt(
                stripe.region.address(tombstone), stripe.engine.clock.relative(command.exptime));
        stripe.link(tombstone, command.hash, command.hasCasExplicit ? command.casExplicit : cas);
        return tombstone;
    }

    /**
     * Makes an item stale, with a new CAS unique, and lets somebody win the right to recache it.
     */
    private static void invalidate(Stripe stripe, int handle, Command command) {
        long item = stripe.region.address(handle);
        if (command.hasTouch) {
            stripe.setExpiresAt(item, stripe.engine.clock.relative(command.touchExptime));
        }
        Item.setFlags(item, Item.flags(item) & ~ItemLayout.TOKEN_SENT | ItemLayout.STALE);
        stripe.setCas(item, command);
    }
}
