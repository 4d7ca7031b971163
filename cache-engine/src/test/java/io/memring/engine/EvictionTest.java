package io.memring.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.memring.engine.command.StoreMode;
import io.memring.engine.command.StoreOutcome;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Random;

class EvictionTest {

    @Test
    void set_fullCache_evictsTheOldestAndKeepsTheNewest() {
        try (InlineCache cache = new InlineCache(InlineCache.config(1))) {
            for (int i = 0; i < 20_000; i++) {
                assertThat(cache.set("key" + i, "v".repeat(100))).isEqualTo(StoreOutcome.STORED);
            }

            assertThat(cache.total(Stat.EVICTIONS)).isPositive();
            assertThat(cache.total(Stat.EVICTED_UNFETCHED)).isEqualTo(cache.total(Stat.EVICTIONS));
            assertThat(cache.get("key0")).isNull();
            assertThat(cache.get("key19999")).isNotNull();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void set_oftenReadItem_survivesAFloodOfNewOnes(boolean segmented) {
        TestConfig config = TestConfig.of(1);
        try (InlineCache cache = new InlineCache((segmented ? config : config.flat()).build())) {
            cache.set("wanted", "v".repeat(100));
            for (int i = 0; i < 30_000; i++) {
                cache.set("key" + i, "v".repeat(100));
                if (i % 50 == 0) {
                    cache.clock.advance(61);
                    assertThat(cache.get("wanted")).as("after %d", i).isNotNull();
                }
                if (i % 100 == 0) {
                    cache.maintain();
                }
            }
        }
    }

    @Test
    void set_withoutEviction_answersNoMemoryAndKeepsWhatIsThere() {
        try (InlineCache cache = new InlineCache(TestConfig.of(2).withoutEviction().build())) {
            String value = "B".repeat(8192);
            int stored = 0;
            while (cache.set("dash" + stored, value) == StoreOutcome.STORED) {
                stored++;
            }

            assertThat(stored).isBetween(200, 256);
            assertThat(cache.set("another", value)).isEqualTo(StoreOutcome.NO_MEMORY);
            assertThat(cache.total(Stat.STORE_NO_MEMORY)).isEqualTo(2);
            for (int i = 0; i < stored; i++) {
                assertThat(cache.get("dash" + i)).isEqualTo(value);
            }
            assertThat(cache.total(Stat.EVICTIONS)).isZero();
        }
    }

    @Test
    void set_withoutEviction_findsRoomThatWasFreedInOtherClasses() {
        try (InlineCache cache = new InlineCache(TestConfig.of(2).withoutEviction().build())) {
            int stored = 0;
            while (cache.set("small" + stored, "v".repeat(200)) == StoreOutcome.STORED) {
                stored++;
            }
            for (int i = 0; i < stored; i += 2) {
                cache.delete("small" + i);
            }

            int large = 0;
            while (cache.set("large" + large, "v".repeat(8192)) == StoreOutcome.STORED) {
                large++;
            }

            assertThat(large).isGreaterThan(80);
            for (int i = 1; i < stored; i += 2) {
                assertThat(cache.get("small" + i)).isNotNull();
            }
        }
    }

    @Test
    void set_withoutEviction_replacesInAFullCache() {
        try (InlineCache cache = new InlineCache(TestConfig.of(1).withoutEviction().build())) {
            int stored = 0;
            while (cache.set("key" + stored, "v".repeat(1000)) == StoreOutcome.STORED) {
                stored++;
            }

            assertThat(cache.set("key0", "w".repeat(1000))).isEqualTo(StoreOutcome.STORED);
            assertThat(cache.get("key0")).isEqualTo("w".repeat(1000));
        }
    }

    @Test
    void set_everySizeLikeMemcached_isAlwaysStored() {
        EngineConfig config = TestConfig.of(64).likeMemcached().build();
        try (InlineCache cache = new InlineCache(config)) {
            long factor = 2;
            for (int i = 0; i < 69; i++) {
                String value = "x".repeat((int) factor);
                for (int j = 0; j < 10; j++) {
                    assertThat(cache.set("key" + i + ":" + j, value))
                            .isEqualTo(StoreOutcome.STORED);
                }
                factor = (long) Math.ceil(factor * 1.2);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8})
    void set_randomSizesInTinyMemory_isAlwaysStored(int megabytes) {
        Random random = new Random(megabytes);
        try (InlineCache cache = new InlineCache(InlineCache.config(megabytes))) {
            for (int i = 0; i < 3000; i++) {
                String value = "x".repeat(random.nextInt(1 + random.nextInt(400_000)));
                assertThat(cache.set("key" + random.nextInt(500), value))
                        .isEqualTo(StoreOutcome.STORED);
            }
        }
    }

    @Test
    void set_sizesShift_pagesFollow() {
        try (InlineCache cache = new InlineCache(InlineCache.config(4))) {
            for (int i = 0; i < 40_000; i++) {
                cache.set("small" + i, "v".repeat(100));
            }
            cache.clock.advance(60);
            int count = 2000;
            for (int i = 0; i < 10_000; i++) {
                cache.set("large" + i % count, "v".repeat(1000));
                if (i % 500 == 0) {
                    cache.clock.advance(1);
                    cache.maintain();
                }
            }

            int found = 0;
            for (int i = 0; i < count; i++) {
                found += cache.get("large" + i) == null ? 0 : 1;
            }
            assertThat(found).isGreaterThan(count * 9 / 10);
            assertThat(cache.total(Stat.SLABS_MOVED)).isPositive();
        }
    }

    @Test
    void set_stripeWithoutPages_takesOneFromAnother() {
        EngineConfig config = TestConfig.of(1).stripes(8).build();
        try (InlineCache cache = new InlineCache(config)) {
            for (int i = 0; i < 5000; i++) {
                assertThat(cache.set("key" + i, "v".repeat(i % 3 == 0 ? 20_000 : i % 700)))
                        .isEqualTo(StoreOutcome.STORED);
            }
        }
    }

    @Test
    void set_pageSupplyRefuses_works() {
        boolean[] supply = {true};
        try (InlineCache cache = new InlineCache(InlineCache.config(8), () -> supply[0])) {
            cache.set("first", "v".repeat(100));
            supply[0] = false;
            for (int i = 0; i < 2000; i++) {
                assertThat(cache.set("key" + i, "v".repeat(100))).isEqualTo(StoreOutcome.STORED);
            }
            assertThat(cache.set("other", "v".repeat(5000))).isEqualTo(StoreOutcome.STORED);
            assertThat(cache.engine.figures().mallocedBytes())
                    .isEqualTo(cache.engine.config().pageSize());
        }
    }

    @Test
    void set_nothingToEvict_answersNoMemory() {
        try (InlineCache cache = new InlineCache(InlineCache.config(8), () -> false)) {
            assertThat(cache.set("k", "v")).isEqualTo(StoreOutcome.NO_MEMORY);
            assertThat(cache.get("k")).isNull();
            assertThat(cache.increment("k", 1)).isNotNull();
            assertThat(cache.get("k", c -> c.hasVivify = true)).isNull();
        }
    }

    @Test
    void append_toTheOnlyItemThatCouldGo_doesNotEvictIt() {
        boolean[] supply = {true};
        try (InlineCache cache = new InlineCache(InlineCache.config(8), () -> supply[0])) {
            cache.set("k", "v".repeat(20_000));
            supply[0] = false;

            assertThat(cache.store(StoreMode.APPEND, "k", "w".repeat(20_000)))
                    .isEqualTo(StoreOutcome.NOT_STORED);
            assertThat(cache.get("k")).isEqualTo("v".repeat(20_000));
        }
    }

    @Test
    void set_twelveByteKeysAndHundredByteValues_beatsMemcachedByFifteenPercent() {
        // memcached 1.6.45 puts 5461 of them on each MiB of memory.
        int megabytes = 16;
        int stored = 0;
        try (InlineCache cache = new InlineCache(TestConfig.of(megabytes).workers(4).build())) {
            while (cache.total(Stat.EVICTIONS) == 0) {
                cache.set(String.format("k%011d", stored++), "v".repeat(100));
            }
        }
        assertThat(stored).isGreaterThan(megabytes * 5461 * 115 / 100);
    }
}
