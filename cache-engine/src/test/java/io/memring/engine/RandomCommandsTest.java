package io.memring.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.memring.engine.command.DeltaOutcome;
import io.memring.engine.command.StoreMode;
import io.memring.engine.command.StoreOutcome;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/** Random commands against a plain map; what the cache still has must be what the map has. */
class RandomCommandsTest {

    private static final int STEPS = 5_000;

    private final Map<String, String> model = new HashMap<>();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8, 64})
    void execute_randomCommands_agreesWithMapExceptForEvictions(int megabytes) {
        run(new InlineCache(InlineCache.config(megabytes)), 1000 + megabytes, 200_000);
    }

    @Test
    void execute_smallValues_agreesWithMapExceptForEvictions() {
        run(new InlineCache(InlineCache.config(1)), 7, 2_000);
    }

    @Test
    void execute_memcachedClasses_agreesWithMapExceptForEvictions() {
        EngineConfig config = TestConfig.of(4).likeMemcached().slabChunkMax(16 << 10).build();
        run(new InlineCache(config), 5, 100_000);
    }

    private void run(InlineCache cache, long seed, int valueMax) {
        System.out.println("seed=" + seed);
        Random random = new Random(seed);
        try (cache) {
            for (int i = 0; i < STEPS; i++) {
                step(cache, random, valueMax);
                if (i % 500 == 0) {
                    cache.engine.checkInvariants();
                    cache.clock.advance(1);
                }
                if (i % 50 == 0) {
                    cache.worker.maintain();
                }
            }
        }
    }

    private void step(InlineCache cache, Random random, int valueMax) {
        String key = "key" + random.nextInt(2000);
        switch (random.nextInt(8)) {
            case 0, 1 -> store(cache, StoreMode.SET, key, text(random, valueMax), random);
            case 2 -> store(cache, StoreMode.APPEND, key, text(random, 300), random);
            case 3 -> store(cache, StoreMode.PREPEND, key, text(random, 300), random);
            case 4 -> {
                cache.delete(key);
                model.remove(key);
            }
            case 5 -> increment(cache, key);
            default -> compare(cache, key);
        }
    }

    private void store(InlineCache cache, StoreMode mode, String key, String text, Random random) {
        StoreOutcome outcome =
                random.nextBoolean()
                        ? cache.store(mode, key, text)
                        : cache.upload(mode, key, text, 1 + random.nextInt(5000));
        String old = model.get(key);
        if (outcome == StoreOutcome.STORED) {
            model.put(
                    key,
                    switch (mode) {
                        case APPEND -> old + text;
                        case PREPEND -> text + old;
                        default -> text;
                    });
        } else if (mode == StoreMode.SET) {
            assertThat(outcome).isEqualTo(StoreOutcome.NO_MEMORY);
            model.remove(key);
        } else if (outcome == StoreOutcome.NOT_STORED && cache.get(key) == null) {
            model.remove(key);
        }
        compare(cache, key);
    }

    private void increment(InlineCache cache, String key) {
        cache.set(key, "99");
        assertThat(cache.increment(key, 1)).isEqualTo(DeltaOutcome.OK);
        model.put(key, "100");
        compare(cache, key);
    }

    private void compare(InlineCache cache, String key) {
        String found = cache.get(key);
        if (found == null) {
            model.remove(key);
        } else {
            assertThat(found).isEqualTo(model.get(key));
        }
    }

    /** Text that differs from place to place, so that a chunk in the wrong place shows. */
    private static String text(Random random, int max) {
        int length = random.nextInt(random.nextInt(max) + 1);
        StringBuilder text = new StringBuilder(length + 16);
        int n = random.nextInt(1000);
        while (text.length() < length) {
            text.append(n++).append(':');
        }
        text.setLength(length);
        return text.toString();
    }
}
