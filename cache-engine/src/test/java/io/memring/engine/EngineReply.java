package io.memring.engine;

import io.memring.engine.command.Command;
import io.memring.engine.command.DeltaOutcome;
import io.memring.engine.command.StoreOutcome;

import org.jspecify.annotations.Nullable;

import java.util.Objects;

/** What the engine answered to a command, with the value if one was asked for. */
record EngineReply(Command command, @Nullable String value) {

    /** The first thing in which the engine's answer is not the model's; null when there is none. */
    @Nullable String differenceFrom(ModelEffect effect, int now) {
        Enum<?> outcome = outcome();
        if (outcome != effect.outcome()) {
            return "outcome is %s and not %s".formatted(outcome, effect.outcome());
        }
        return switch (command.operation) {
            case FETCH -> fetchDifference(effect, now);
            case DELTA -> deltaDifference(effect);
            case STORE, COMMIT -> storeDifference(effect);
            case RESERVE, ABORT, DELETE, TOUCH -> null;
        };
    }

    private Enum<?> outcome() {
        return switch (command.operation) {
            case FETCH, TOUCH -> command.fetchOutcome;
            case DELETE -> command.deleteOutcome;
            case DELTA -> command.deltaOutcome;
            case RESERVE, STORE, COMMIT, ABORT -> command.storeOutcome;
        };
    }

    private @Nullable String fetchDifference(ModelEffect effect, int now) {
        ModelItem seen = effect.seen();
        if (seen == null) {
            return null;
        }
        String difference =
                firstDifference(
                        differs("value", value, command.wantsValue ? seen.value : null),
                        differs("value length", command.itemValueLength, seen.value.length()),
                        differs("client flags", command.itemClientFlags, seen.clientFlags),
                        differs("hit before", command.itemHitBefore, seen.fetched),
                        casDifference(seen),
                        ttlDifference(seen, now),
                        idleDifference(seen, now));
        return difference != null || !command.meta ? difference : metaDifference(effect, seen);
    }

    private @Nullable String metaDifference(ModelEffect effect, ModelItem seen) {
        return firstDifference(
                differs("stale", command.itemStale, seen.stale),
                differs("won", command.itemWon, effect.won()),
                differs("win sent", command.itemWinSent, seen.winSent),
                differs(
                        "key is binary",
                        command.itemKeyIsBinary,
                        seen.keyFormIsOpen ? command.itemKeyIsBinary : seen.keyIsBinary));
    }

    private @Nullable String deltaDifference(ModelEffect effect) {
        boolean isDone =
                command.deltaOutcome == DeltaOutcome.OK
                        || command.deltaOutcome == DeltaOutcome.CREATED;
        if (!isDone) {
            return null;
        }
        ModelItem after = Objects.requireNonNull(effect.after());
        return firstDifference(
                differs("number", command.number, effect.number()), casDifference(after));
    }

    private @Nullable String storeDifference(ModelEffect effect) {
        if (command.storeOutcome != StoreOutcome.STORED) {
            return null;
        }
        ModelItem after = Objects.requireNonNull(effect.after());
        return firstDifference(
                differs("value length", command.itemValueLength, after.value.length()),
                casDifference(after));
    }

    private @Nullable String casDifference(ModelItem item) {
        return item.cas == ModelItem.CAS_OPEN ? null : differs("CAS", command.itemCas, item.cas);
    }

    /** What is left to an item that a touch has just killed is of no interest. */
    private @Nullable String ttlDifference(ModelItem seen, int now) {
        if (seen.isDeadAt(now)) {
            return null;
        }
        int ttl = seen.expiresAt == 0 ? -1 : seen.expiresAt - now;
        return differs("seconds to live", command.itemTtlSeconds, ttl);
    }

    private @Nullable String idleDifference(ModelItem seen, int now) {
        int idle = command.itemIdleSeconds;
        boolean isPossible = idle >= 0 && idle <= now - seen.linkedAt;
        return isPossible ? null : "idle for %d s, linked at %d".formatted(idle, seen.linkedAt);
    }

    private static @Nullable String firstDifference(@Nullable String... differences) {
        for (String difference : differences) {
            if (difference != null) {
                return difference;
            }
        }
        return null;
    }

    private static @Nullable String differs(String what, @Nullable Object is, @Nullable Object be) {
        return Objects.equals(is, be)
                ? null
                : "%s is %s and not %s".formatted(what, show(is), show(be));
    }

    private static String show(@Nullable Object value) {
        String text = String.valueOf(value);
        return text.length() <= 40 ? text : text.length() + " bytes " + text.hashCode();
    }
}
