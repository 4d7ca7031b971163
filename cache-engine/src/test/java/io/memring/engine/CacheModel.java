package io.memring.engine;

import io.memring.engine.command.Command;
import io.memring.engine.command.DeleteOutcome;
import io.memring.engine.command.DeltaOutcome;
import io.memring.engine.command.FetchOutcome;
import io.memring.engine.command.StoreMode;
import io.memring.engine.command.StoreOutcome;

import org.jspecify.annotations.Nullable;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * memcached as a plain map: what each command answers and leaves behind, written from memcached's
 * own rules and without a look at the engine.
 *
 * <p>{@link #effect} is a pure function of a command and the item it meets, so that a run can also
 * ask what would have happened had the item been evicted before.
 */
final class CacheModel {

    /** What strtoull reads: blanks, a plus sign and digits, up to the end or another blank. */
    private static final Pattern NUMBER =
            Pattern.compile("[ \\t-\\r]*\\+?([0-9]+)([ \\t-\\r].*)?", Pattern.DOTALL);

    private final EngineClock clock;
    private final boolean casEnabled;
    private final int valueLengthMax;
    private final Map<String, ModelItem> items = new HashMap<>();
    private int flushAt;

    /**
     * Second at which the exptimes of the command at hand are read; it is past when a value took
     * time to arrive.
     */
    private int requestedAt;

    CacheModel(EngineClock clock, boolean casEnabled, int valueLengthMax) {
        this.clock = clock;
        this.casEnabled = casEnabled;
        this.valueLengthMax = valueLengthMax;
    }

    /** The live item of a key. */
    @Nullable ModelItem find(String key) {
        ModelItem item = items.get(key);
        if (item != null && item.isDeadAt(clock.nowSeconds())) {
            items.remove(key);
            return null;
        }
        return item;
    }

    void put(String key, @Nullable ModelItem item) {
        if (item == null) {
            items.remove(key);
        } else {
            items.put(key, item);
        }
    }

    int size() {
        return items.size();
    }

    Iterable<String> keys() {
        return items.keySet().stream().sorted().toList();
    }

    long valueBytes() {
        return items.values().stream().mapToLong(item -> item.value.length()).sum();
    }

    /** flush_all: all items are dead; it also takes the place of a flush that was still to come. */
    void flush() {
        items.clear();
        flushAt = 0;
    }

    void scheduleFlush(int exptime) {
        flushAt = clock.relative(exptime) - 1;
    }

    /**
     * Told after each step of the clock. memcached compares whole seconds, so of the items linked
     * around the second of a delayed flush either fate is right.
     */
    void onClockAdvanced() {
        if (flushAt == 0 || clock.nowSeconds() < flushAt) {
            return;
        }
        items.values().removeIf(item -> item.linkedAt < flushAt);
        items.values().forEach(item -> item.mayBeGone |= item.linkedAt <= flushAt + 1);
        if (clock.nowSeconds() > flushAt + 1) {
            flushAt = 0;
        }
    }

    /** What the command does when it meets this item under its key. */
    ModelEffect effect(Command command, String value, @Nullable ModelItem old) {
        return effect(command, value, old, clock.nowSeconds());
    }

    /** The same for a command whose line came at another time. */
    ModelEffect effect(
            Command command, String value, @Nullable ModelItem old, int requestedAtSecond) {
        requestedAt = requestedAtSecond;
        return switch (command.operation) {
            case FETCH -> fetch(command, old);
            case TOUCH -> touch(command, old);
            case DELETE -> delete(command, old);
            case DELTA -> old == null ? deltaOfMissing(command) : delta(command, old);
            case RESERVE -> reserve(command, value, old);
            case STORE, COMMIT -> store(command, value, old);
            case ABORT -> throw new AssertionError("An abort has no effect that can be seen");
        };
    }

    private int expiresAt(int exptime) {
        boolean isRelative = exptime > 0 && exptime <= EngineClock.RELATIVE_EXPTIME_MAX;
        return isRelative ? requestedAt + exptime : clock.relative(exptime);
    }

    private ModelEffect fetch(Command command, @Nullable ModelItem old) {
        if (old == null) {
            return command.hasVivify ? vivify(command) : ModelEffect.of(FetchOutcome.MISS, null);
        }
        ModelItem after = old.copy();
        if (command.hasTouch) {
            after.expiresAt = expiresAt(command.touchExptime);
        }
        boolean won =
                command.meta && !old.winSent && (old.stale || isDueForRecache(command, after));
        ModelItem seen = after.copy();
        after.winSent |= won;
        after.fetched |= !command.noBump;
        return new ModelEffect(FetchOutcome.HIT, after, seen, won, 0);
    }

    private boolean isDueForRecache(Command command, ModelItem item) {
        return command.hasRecache
                && item.expiresAt != 0
                && item.expiresAt < expiresAt(command.recacheSeconds);
    }

    private ModelEffect vivify(Command command) {
        ModelItem after = fresh(command, "", 0, expiresAt(command.vivifyExptime));
        ModelItem seen = after.copy();
        after.winSent = true;
        after.fetched = !command.noBump;
        return new ModelEffect(FetchOutcome.CREATED, after, seen, true, 0);
    }

    private ModelEffect touch(Command command, @Nullable ModelItem old) {
        if (old == null) {
            return ModelEffect.of(FetchOutcome.MISS, null);
        }
        ModelItem after = old.copy();
        after.expiresAt = expiresAt(command.touchExptime);
        after.fetched = true;
        return ModelEffect.of(FetchOutcome.HIT, after);
    }

    private ModelEffect delete(Command command, @Nullable ModelItem old) {
        if (old == null) {
            return ModelEffect.of(DeleteOutcome.NOT_FOUND, null);
        }
        if (command.hasCasCompare && command.casCompare != old.cas) {
            return ModelEffect.of(DeleteOutcome.EXISTS, old);
        }
        ModelItem after = null;
        if (command.removeValue) {
            after = fresh(command, "", command.clientFlags, expiresAt(command.exptime));
        }
        if (command.invalidate) {
            after = invalidated(command, after == null ? old.copy() : after);
        }
        return ModelEffect.of(DeleteOutcome.DELETED, after);
    }

    private ModelItem invalidated(Command command, ModelItem item) {
        item.stale = true;
        item.winSent = false;
        item.cas = nextCas(command);
        if (command.hasTouch) {
            item.expiresAt = expiresAt(command.touchExptime);
        }
        return item;
    }

    private ModelEffect deltaOfMissing(Command command) {
        if (!command.hasVivify) {
            return ModelEffect.of(DeltaOutcome.NOT_FOUND, null);
        }
        String digits = Long.toUnsignedString(command.initial);
        ModelItem after = fresh(command, digits, 0, expiresAt(command.vivifyExptime));
        return new ModelEffect(DeltaOutcome.CREATED, after, null, false, command.initial);
    }

    private ModelEffect delta(Command command, ModelItem old) {
        if (old.value.isEmpty()) {
            return ModelEffect.of(DeltaOutcome.NON_NUMERIC, old);
        }
        if (command.hasCasCompare && command.casCompare != 0 && command.casCompare != old.cas) {
            return ModelEffect.of(DeltaOutcome.CAS_MISMATCH, old);
        }
        BigInteger parsed = number(old.value);
        if (parsed == null) {
            return ModelEffect.of(DeltaOutcome.NON_NUMERIC, old);
        }
        long number = combine(command, parsed.longValue());
        return new ModelEffect(
                DeltaOutcome.OK, rewritten(command, old, number), null, false, number);
    }

    private static long combine(Command command, long number) {
        if (!command.decrement) {
            return number + command.delta;
        }
        return Long.compareUnsigned(command.delta, number) > 0 ? 0 : number - command.delta;
    }

    /**
     * A shorter number is padded with spaces in place; a longer one is a new item, without marks.
     */
    private ModelItem rewritten(Command command, ModelItem old, long number) {
        String digits = Long.toUnsignedString(number);
        ModelItem after;
        if (digits.length() <= old.value.length()) {
            after = old.copy();
            after.value = digits + " ".repeat(old.value.length() - digits.length());
            after.cas = nextCas(command);
        } else {
            after = fresh(command, digits, old.clientFlags, old.expiresAt);
        }
        if (command.hasTouch) {
            after.expiresAt = expiresAt(command.touchExptime);
        }
        return after;
    }

    /** The number that a value begins with, if it begins with one of 64 bits. */
    static @Nullable BigInteger number(String value) {
        Matcher matcher = NUMBER.matcher(value);
        if (!matcher.matches()) {
            return null;
        }
        BigInteger number = new BigInteger(matcher.group(1));
        return number.bitLength() <= Long.SIZE ? number : null;
    }

    private ModelEffect reserve(Command command, String value, @Nullable ModelItem old) {
        return value.length() > valueLengthMax
                ? tooLarge(command, old)
                : ModelEffect.of(StoreOutcome.STORED, old);
    }

    private static ModelEffect tooLarge(Command command, @Nullable ModelItem old) {
        return ModelEffect.of(StoreOutcome.TOO_LARGE, forgetsOnFailure(command) ? null : old);
    }

    /**
     * A set that fails takes the old value with it, so that no stale data stays; so does what is
     * told to.
     */
    static boolean forgetsOnFailure(Command command) {
        return command.forgetsOld || (command.storeMode == StoreMode.SET && !command.hasCasCompare);
    }

    private ModelEffect store(Command command, String value, @Nullable ModelItem old) {
        if (value.length() > valueLengthMax) {
            return tooLarge(command, old);
        }
        boolean isJoin =
                command.storeMode == StoreMode.APPEND || command.storeMode == StoreMode.PREPEND;
        if (isJoin) {
            return join(command, value, old);
        }
        if (command.hasCasCompare && command.storeMode != StoreMode.ADD) {
            return compareAndStore(command, value, old);
        }
        boolean stores =
                switch (command.storeMode) {
                    case ADD -> old == null;
                    case REPLACE -> old != null;
                    default -> true;
                };
        return stores
                ? ModelEffect.of(StoreOutcome.STORED, freshFromStore(command, value))
                : ModelEffect.of(StoreOutcome.NOT_STORED, old);
    }

    private ModelEffect compareAndStore(Command command, String value, @Nullable ModelItem old) {
        if (old == null) {
            return ModelEffect.of(StoreOutcome.NOT_FOUND, null);
        }
        boolean isGiven = command.casCompare != 0;
        if (isGiven && command.casCompare == old.cas) {
            return ModelEffect.of(StoreOutcome.STORED, freshFromStore(command, value));
        }
        boolean isOlder = Long.compareUnsigned(command.casCompare, old.cas) < 0;
        if (isGiven && command.invalidate && isOlder) {
            ModelItem after = freshFromStore(command, value);
            after.expiresAt = old.expiresAt;
            after.stale = true;
            after.winSent = old.winSent;
            return ModelEffect.of(StoreOutcome.STORED, after);
        }
        return ModelEffect.of(StoreOutcome.EXISTS, old);
    }

    private ModelEffect join(Command command, String value, @Nullable ModelItem old) {
        if (old == null) {
            if (!command.hasVivify) {
                return ModelEffect.of(StoreOutcome.NOT_STORED, null);
            }
            ModelItem after = freshFromStore(command, value);
            after.expiresAt = expiresAt(command.vivifyExptime);
            return ModelEffect.of(StoreOutcome.STORED, after);
        }
        if (command.hasCasCompare && command.casCompare != 0 && command.casCompare != old.cas) {
            return ModelEffect.of(StoreOutcome.EXISTS, old);
        }
        boolean isAppend = command.storeMode == StoreMode.APPEND;
        String joined = isAppend ? old.value + value : value + old.value;
        ModelItem after = fresh(command, joined, old.clientFlags, old.expiresAt);
        return ModelEffect.of(StoreOutcome.STORED, after);
    }

    private ModelItem freshFromStore(Command command, String value) {
        ModelItem item = fresh(command, value, command.clientFlags, expiresAt(command.exptime));
        item.keyIsBinary = command.keyIsBinary;
        item.keyFormIsOpen = false;
        return item;
    }

    private ModelItem fresh(Command command, String value, int clientFlags, int expiresAt) {
        ModelItem item = new ModelItem();
        item.value = value;
        item.clientFlags = clientFlags;
        item.expiresAt = expiresAt;
        item.cas = nextCas(command);
        item.keyFormIsOpen = true;
        item.linkedAt = clock.nowSeconds();
        return item;
    }

    private long nextCas(Command command) {
        if (!casEnabled) {
            return 0;
        }
        return command.hasCasExplicit ? command.casExplicit : ModelItem.CAS_OPEN;
    }
}
