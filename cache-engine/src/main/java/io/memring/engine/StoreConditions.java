package io.memring.engine;

import static io.memring.engine.item.ItemLayout.NO_ITEM;

import io.memring.engine.command.Command;
import io.memring.engine.command.StoreMode;
import io.memring.engine.command.StoreOutcome;
import io.memring.engine.item.Item;
import io.memring.engine.item.ItemLayout;

/** Whether a value may be stored, given the item that is there already. */
final class StoreConditions {

    private StoreConditions() {}

    /** STORED if the store may go on; counts what CAS comparisons come to. */
    static StoreOutcome check(Stripe stripe, int old, Command command) {
        return old == NO_ITEM ? checkMissing(stripe, command) : checkExisting(stripe, old, command);
    }

    /**
     * What an item takes over from the older one it invalidates: being stale, and a token that is
     * out.
     */
    static int inheritedFlags(Stripe stripe, int old, Command command) {
        if (!command.hasCasCompare || !command.invalidate || old == NO_ITEM || !replaces(command)) {
            return 0;
        }
        long item = stripe.region.address(old);
        if (command.casCompare == Item.casUnique(item)) {
            return 0;
        }
        return ItemLayout.STALE | Item.flags(item) & ItemLayout.TOKEN_SENT;
    }

    private static StoreOutcome checkMissing(Stripe stripe, Command command) {
        if (command.hasCasCompare && replaces(command)) {
            stripe.counters.add(Stat.CAS_MISSES);
            return StoreOutcome.NOT_FOUND;
        }
        return switch (command.storeMode) {
            case SET, ADD -> StoreOutcome.STORED;
            case REPLACE -> StoreOutcome.NOT_STORED;
            case APPEND, PREPEND ->
                    command.hasVivify ? StoreOutcome.STORED : StoreOutcome.NOT_STORED;
        };
    }

    private static StoreOutcome checkExisting(Stripe stripe, int old, Command command) {
        return switch (command.storeMode) {
            case ADD -> {
                stripe.update(old, stripe.now());
                yield StoreOutcome.NOT_STORED;
            }
            case SET, REPLACE ->
                    command.hasCasCompare ? compare(stripe, old, command) : StoreOutcome.STORED;
            case APPEND, PREPEND -> compareForJoin(stripe, old, command);
        };
    }

    /** An unequal CAS unique is accepted only if it is older and the item is to become stale. */
    private static StoreOutcome compare(Stripe stripe, int old, Command command) {
        long current = Item.casUnique(stripe.region.address(old));
        long given = command.casCompare;
        boolean older = command.invalidate && Long.compareUnsigned(given, current) < 0;
        if (given != 0 && (given == current || older)) {
            stripe.counters.add(Stat.CAS_HITS);
            return StoreOutcome.STORED;
        }
        stripe.counters.add(Stat.CAS_BADVAL);
        return StoreOutcome.EXISTS;
    }

    /** Joining takes 0 for "do not compare". */
    private static StoreOutcome compareForJoin(Stripe stripe, int old, Command command) {
        boolean differs =
                command.hasCasCompare
                        && command.casCompare != 0
                        && command.casCompare != Item.casUnique(stripe.region.address(old));
        return differs ? StoreOutcome.EXISTS : StoreOutcome.STORED;
    }

    private static boolean replaces(Command command) {
        return command.storeMode == StoreMode.SET || command.storeMode == StoreMode.REPLACE;
    }
}
