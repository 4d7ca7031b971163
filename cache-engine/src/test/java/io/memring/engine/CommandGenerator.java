package io.memring.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.memring.engine.command.Command;
import io.memring.engine.command.Operation;
import io.memring.engine.command.StoreMode;

import org.jspecify.annotations.Nullable;

import java.util.Random;

/** Fills commands with random conditions and values, biased towards those that meet something. */
final class CommandGenerator {

    private static final int KEY_LENGTH_MAX = 250;
    private static final String[] NUMBERS = {
        "0",
        "7",
        "99",
        "12345",
        "10   ",
        "18446744073709551615",
        "18446744073709551616",
        "12abc",
        "x",
        " 5",
        "+6",
        "0000000000000000000000042",
        "8 9",
        "\t3\n",
        " + 1",
        "+"
    };

    private final Random random;
    private final int valueLengthMax;
    private final int pageSize;
    private final String[] keys;

    CommandGenerator(Random random, int keyCount, int valueLengthMax, int pageSize) {
        this.random = random;
        this.valueLengthMax = valueLengthMax;
        this.pageSize = pageSize;
        keys = new String[keyCount];
        for (int i = 0; i < keyCount; i++) {
            keys[i] = key(i);
        }
    }

    /** Keys of all lengths and bytes, distinct by their first two. */
    private String key(int index) {
        String number = new String(new byte[] {(byte) index, (byte) (index >> 8)}, ISO_8859_1);
        return switch (index & 3) {
            case 0 -> number;
            case 1 -> number + bytes(random.nextInt(KEY_LENGTH_MAX - 1));
            case 2 -> number + bytes(KEY_LENGTH_MAX - 2);
            default -> number + "key-of-usual-length-" + index;
        };
    }

    String key() {
        return keys[random.nextInt(keys.length)];
    }

    /** A value, more often small than large, often at a size where the layout changes. */
    String value() {
        int dice = random.nextInt(100);
        if (dice < 15) {
            return NUMBERS[random.nextInt(NUMBERS.length)];
        }
        if (dice < 60) {
            return bytes(random.nextInt(120));
        }
        if (dice < 80) {
            return bytes(random.nextInt(Math.min(5000, valueLengthMax)));
        }
        if (dice < 99) {
            return bytes(Math.min(largeLength(), valueLengthMax));
        }
        return bytes(random.nextInt(valueLengthMax + 1));
    }

    /** About a half, one, or a few pages. */
    private int largeLength() {
        int halves = 1 + (random.nextInt(4) == 0 ? random.nextInt(8) : random.nextInt(2));
        return Math.max(0, halves * pageSize / 2 - 150 + random.nextInt(300));
    }

    private String bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return new String(bytes, ISO_8859_1);
    }

    void fetch(Command command, @Nullable ModelItem old) {
        command.reset(Operation.FETCH);
        command.wantsValue = random.nextInt(4) != 0;
        command.meta = random.nextBoolean();
        command.noBump = command.meta && random.nextInt(4) == 0;
        int dice = random.nextInt(20);
        if (dice < 2) {
            setTouch(command);
        } else if (dice < 5 && command.meta) {
            command.hasVivify = true;
            command.vivifyExptime = exptime();
            setExplicitCas(command, old);
        } else if (dice < 8 && command.meta) {
            command.hasRecache = true;
            command.recacheSeconds = 1 + random.nextInt(100);
        }
    }

    void touch(Command command) {
        command.reset(Operation.TOUCH);
        setTouch(command);
    }

    void delete(Command command, @Nullable ModelItem old) {
        command.reset(Operation.DELETE);
        setCasCompare(command, old);
        command.invalidate = random.nextInt(4) == 0;
        command.removeValue = random.nextInt(4) == 0;
        if (command.invalidate && random.nextBoolean()) {
            setTouch(command);
        }
        if (command.removeValue) {
            command.clientFlags = random.nextInt(3);
            command.exptime = exptime();
        }
        if (command.invalidate || command.removeValue) {
            setExplicitCas(command, old);
        }
    }

    void delta(Command command, @Nullable ModelItem old) {
        command.reset(Operation.DELTA);
        setCasCompare(command, old);
        setExplicitCas(command, old);
        command.decrement = random.nextBoolean();
        command.delta = random.nextInt(8) == 0 ? random.nextLong() : random.nextInt(200);
        command.initial = random.nextInt(8) == 0 ? random.nextLong() : random.nextInt(200);
        command.hasVivify = random.nextInt(3) == 0;
        command.vivifyExptime = exptime();
        if (random.nextInt(6) == 0 && !command.hasVivify) {
            setTouch(command);
        }
    }

    void store(Command command, String value, @Nullable ModelItem old) {
        command.reset(Operation.STORE);
        command.forgetsOld = random.nextBoolean();
        StoreMode[] modes = StoreMode.values();
        command.storeMode =
                random.nextBoolean() ? StoreMode.SET : modes[random.nextInt(modes.length)];
        command.clientFlags = random.nextInt(3) == 0 ? random.nextInt() : 0;
        command.exptime = exptime();
        command.valueLength = value.length();
        command.keyIsBinary = random.nextInt(8) == 0;
        setCasCompare(command, old);
        setExplicitCas(command, old);
        command.invalidate = command.hasCasCompare && random.nextBoolean();
        boolean isJoin =
                command.storeMode == StoreMode.APPEND || command.storeMode == StoreMode.PREPEND;
        command.hasVivify = isJoin && random.nextInt(3) == 0;
        command.vivifyExptime = exptime();
    }

    private void setTouch(Command command) {
        command.hasTouch = true;
        command.touchExptime = exptime();
    }

    private void setCasCompare(Command command, @Nullable ModelItem old) {
        if (random.nextInt(3) != 0) {
            return;
        }
        command.hasCasCompare = true;
        long current = old == null ? random.nextInt(1000) : old.cas;
        int dice = random.nextInt(10);
        command.casCompare = dice < 5 ? current : dice < 9 ? current - 1 : 0;
    }

    /** Explicit uniques never repeat the item's own, so that every change is seen in the unique. */
    private void setExplicitCas(Command command, @Nullable ModelItem old) {
        if (random.nextInt(8) != 0) {
            return;
        }
        command.hasCasExplicit = true;
        command.casExplicit = (old == null ? 0 : old.cas) + 1 + random.nextInt(1_000_000);
    }

    /**
     * Mostly for ever or for some seconds, sometimes over already, sometimes a moment of unix time.
     */
    int exptime() {
        int dice = random.nextInt(20);
        if (dice < 12) {
            return 0;
        }
        if (dice < 18) {
            return 1 + random.nextInt(dice < 17 ? 60 : EngineClock.RELATIVE_EXPTIME_MAX);
        }
        return dice == 18
                ? -1 - random.nextInt(100)
                : (int) ManualClock.EPOCH_SECONDS + random.nextInt(5000);
    }
}
