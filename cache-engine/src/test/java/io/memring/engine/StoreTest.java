package io.memring.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.memring.engine.command.Command;
import io.memring.engine.command.StoreMode;
import io.memring.engine.command.StoreOutcome;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.stream.IntStream;

class StoreTest {

    private final InlineCache cache = InlineCache.small();

    @AfterEach
    void close() {
        cache.close();
    }

    @Test
    void set_newKey_isStoredWithFlagsAndCas() {
        assertThat(cache.store(StoreMode.SET, "k", "value", c -> c.clientFlags = -5))
                .isEqualTo(StoreOutcome.STORED);
        long cas = cache.command.itemCas;

        assertThat(cache.get("k")).isEqualTo("value");
        assertThat(cache.command.itemClientFlags).isEqualTo(-5);
        assertThat(cache.command.itemCas).isEqualTo(cas).isNotZero();
        assertThat(cache.command.itemTtlSeconds).isEqualTo(-1);
    }

    @Test
    void set_sameSize_replacesValueFlagsAndHitMarks() {
        cache.store(StoreMode.SET, "k", "one", c -> c.clientFlags = 7);
        cache.get("k");
        long cas = cache.command.itemCas;
        cache.set("k", "two");

        assertThat(cache.get("k")).isEqualTo("two");
        assertThat(cache.command.itemClientFlags).isZero();
        assertThat(cache.command.itemHitBefore).isFalse();
        assertThat(cache.command.itemCas).isNotEqualTo(cas);
        assertThat(cache.engine.figures().currItems()).isEqualTo(1);
        assertThat(cache.total(Stat.TOTAL_ITEMS)).isEqualTo(2);
    }

    @Test
    void set_otherSize_replacesTheItem() {
        cache.set("k", "short");
        cache.set("k", "long".repeat(1000));

        assertThat(cache.get("k")).isEqualTo("long".repeat(1000));
        assertThat(cache.engine.figures().currItems()).isEqualTo(1);
    }

    @Test
    void set_emptyValue_isAHit() {
        cache.set("k", "");

        assertThat(cache.get("k")).isEmpty();
    }

    @Test
    void set_longestKey_isFound() {
        String key = "k".repeat(250);
        cache.set(key, "v");

        assertThat(cache.get(key)).isEqualTo("v");
        assertThat(cache.get(key.substring(1))).isNull();
    }

    @Test
    void set_valueOfManyChunks_comesBackWhole() {
        String value = "0123456789abcdef-".repeat(40_000);
        assertThat(cache.store(StoreMode.SET, "k", value, c -> c.clientFlags = 3))
                .isEqualTo(StoreOutcome.STORED);

        assertThat(cache.get("k")).isEqualTo(value);
        assertThat(cache.command.itemClientFlags).isEqualTo(3);
    }

    @Test
    void set_tooLarge_forgetsTheOldValue() {
        cache.set("k", "old");

        assertThat(cache.set("k", "x".repeat(1 << 20))).isEqualTo(StoreOutcome.TOO_LARGE);
        assertThat(cache.get("k")).isNull();
        assertThat(cache.total(Stat.STORE_TOO_LARGE)).isEqualTo(1);
        assertThat(cache.total(Stat.CMD_SET)).isEqualTo(1);
    }

    @Test
    void replace_tooLarge_keepsTheOldValueUnlessToldToForget() {
        String tooLarge = "x".repeat(1 << 20);
        cache.set("k", "old");

        assertThat(cache.store(StoreMode.REPLACE, "k", tooLarge)).isEqualTo(StoreOutcome.TOO_LARGE);
        assertThat(cache.get("k")).isEqualTo("old");
        cache.store(StoreMode.REPLACE, "k", tooLarge, c -> c.forgetsOld = true);
        assertThat(cache.get("k")).isNull();
    }

    @Test
    void set_largestAllowed_isMemcachedsLimit() {
        // memcached: header 48, CAS 8, key 1, its end 1, value, CRLF 2.
        int largest = (1 << 20) - 48 - 8 - 1 - 1 - 2;

        assertThat(cache.set("k", "x".repeat(largest))).isEqualTo(StoreOutcome.STORED);
        assertThat(cache.set("k", "x".repeat(largest + 1))).isEqualTo(StoreOutcome.TOO_LARGE);
    }

    @Test
    void add_existingKey_isNotStored() {
        assertThat(cache.store(StoreMode.ADD, "k", "one")).isEqualTo(StoreOutcome.STORED);
        assertThat(cache.store(StoreMode.ADD, "k", "two")).isEqualTo(StoreOutcome.NOT_STORED);
        assertThat(cache.command.itemCas).isZero();

        assertThat(cache.get("k")).isEqualTo("one");
    }

    @Test
    void add_withCasOnMissingKey_isStored() {
        assertThat(cache.store(StoreMode.ADD, "k", "one", c -> compare(c, 99)))
                .isEqualTo(StoreOutcome.STORED);
    }

    @Test
    void replace_missingKey_isNotStored() {
        assertThat(cache.store(StoreMode.REPLACE, "k", "one")).isEqualTo(StoreOutcome.NOT_STORED);
        cache.set("k", "one");
        assertThat(cache.store(StoreMode.REPLACE, "k", "two")).isEqualTo(StoreOutcome.STORED);
        assertThat(cache.get("k")).isEqualTo("two");
    }

    @Test
    void append_existingKey_keepsFlagsAndExpiry() {
        cache.store(
                StoreMode.SET,
                "k",
                "one",
                c -> {
                    c.clientFlags = 9;
                    c.exptime = 100;
                });

        assertThat(cache.store(StoreMode.APPEND, "k", "two")).isEqualTo(StoreOutcome.STORED);
        assertThat(cache.command.itemValueLength).isEqualTo(6);
        assertThat(cache.get("k")).isEqualTo("onetwo");
        assertThat(cache.command.itemClientFlags).isEqualTo(9);
        assertThat(cache.command.itemTtlSeconds).isEqualTo(100);
    }

    @Test
    void prepend_existingKey_goesBefore() {
        cache.set("k", "one");

        assertThat(cache.store(StoreMode.PREPEND, "k", "two")).isEqualTo(StoreOutcome.STORED);
        assertThat(cache.get("k")).isEqualTo("twoone");
    }

    @Test
    void append_acrossChunkSizes_joinsChains() {
        StringBuilder expected = new StringBuilder("start");
        cache.set("k", "start");
        for (int i = 0; i < 60; i++) {
            String part = ("part" + i + ":").repeat(300);
            StoreMode mode = i % 2 == 0 ? StoreMode.APPEND : StoreMode.PREPEND;
            assertThat(cache.store(mode, "k", part)).isEqualTo(StoreOutcome.STORED);
            expected.insert(mode == StoreMode.APPEND ? expected.length() : 0, part);
        }

        assertThat(cache.get("k")).isEqualTo(expected.toString());
    }

    @Test
    void append_missingKey_isNotStoredUnlessVivified() {
        assertThat(cache.store(StoreMode.APPEND, "k", "one")).isEqualTo(StoreOutcome.NOT_STORED);
        assertThat(
                        cache.store(
                                StoreMode.APPEND,
                                "k",
                                "one",
                                c -> {
                                    c.hasVivify = true;
                                    c.vivifyExptime = 50;
                                }))
                .isEqualTo(StoreOutcome.STORED);
        assertThat(cache.get("k")).isEqualTo("one");
        assertThat(cache.command.itemTtlSeconds).isEqualTo(50);
    }

    @Test
    void append_becomingTooLarge_isNotStoredAndKeepsTheOldValue() {
        cache.set("k", "x".repeat(600_000));

        assertThat(cache.store(StoreMode.APPEND, "k", "y".repeat(600_000)))
                .isEqualTo(StoreOutcome.NOT_STORED);
        assertThat(cache.get("k")).isEqualTo("x".repeat(600_000));
    }

    @Test
    void append_withOtherCas_exists() {
        cache.set("k", "one");
        long cas = cache.command.itemCas;

        assertThat(cache.store(StoreMode.APPEND, "k", "two", c -> compare(c, cas + 1)))
                .isEqualTo(StoreOutcome.EXISTS);
        assertThat(cache.store(StoreMode.APPEND, "k", "two", c -> compare(c, 0)))
                .isEqualTo(StoreOutcome.STORED);
        assertThat(cache.get("k")).isEqualTo("onetwo");
    }

    @Test
    void cas_everyCase_answersAndCountsLikeMemcached() {
        assertThat(cache.store(StoreMode.SET, "k", "v", c -> compare(c, 1)))
                .isEqualTo(StoreOutcome.NOT_FOUND);
        cache.set("k", "one");
        long cas = cache.command.itemCas;
        assertThat(cache.store(StoreMode.SET, "k", "v", c -> compare(c, cas + 1)))
                .isEqualTo(StoreOutcome.EXISTS);
        assertThat(cache.store(StoreMode.SET, "k", "v", c -> compare(c, 0)))
                .isEqualTo(StoreOutcome.EXISTS);
        assertThat(cache.store(StoreMode.REPLACE, "k", "two", c -> compare(c, cas)))
                .isEqualTo(StoreOutcome.STORED);

        assertThat(cache.get("k")).isEqualTo("two");
        assertThat(cache.total(Stat.CAS_MISSES)).isEqualTo(1);
        assertThat(cache.total(Stat.CAS_BADVAL)).isEqualTo(2);
        assertThat(cache.total(Stat.CAS_HITS)).isEqualTo(1);
    }

    @Test
    void set_explicitCas_isUsed() {
        cache.store(
                StoreMode.SET,
                "k",
                "v",
                c -> {
                    c.hasCasExplicit = true;
                    c.casExplicit = 12345;
                });

        assertThat(cache.command.itemCas).isEqualTo(12345);
        cache.get("k");
        assertThat(cache.command.itemCas).isEqualTo(12345);
    }

    @Test
    void set_invalidatingWithOlderCas_isStoredStaleWithTheOldExpiry() {
        cache.set("k", "one", 77);
        long cas = cache.command.itemCas;

        StoreOutcome outcome =
                cache.store(
                        StoreMode.SET,
                        "k",
                        "two",
                        c -> {
                            compare(c, cas - 1);
                            c.invalidate = true;
                            c.exptime = 500;
                        });

        assertThat(outcome).isEqualTo(StoreOutcome.STORED);
        assertThat(cache.get("k", c -> c.meta = true)).isEqualTo("two");
        assertThat(cache.command.itemStale).isTrue();
        assertThat(cache.command.itemWon).isTrue();
        assertThat(cache.command.itemTtlSeconds).isEqualTo(77);
    }

    @Test
    void set_invalidatingWithNewerCas_exists() {
        cache.set("k", "one");
        long cas = cache.command.itemCas;

        assertThat(
                        cache.store(
                                StoreMode.SET,
                                "k",
                                "two",
                                c -> {
                                    compare(c, cas + 1);
                                    c.invalidate = true;
                                }))
                .isEqualTo(StoreOutcome.EXISTS);
    }

    @Test
    void set_withoutCas_hasNone() {
        try (InlineCache plain = new InlineCache(TestConfig.of(8).withoutCas().build())) {
            plain.set("k", "v");
            assertThat(plain.command.itemCas).isZero();
            plain.get("k");
            assertThat(plain.command.itemCas).isZero();
        }
    }

    @Test
    void set_binaryKey_isRemembered() {
        cache.store(StoreMode.SET, "k", "v", c -> c.keyIsBinary = true);

        cache.get("k");
        assertThat(cache.command.itemKeyIsBinary).isTrue();
        cache.store(StoreMode.APPEND, "k", "w");
        cache.get("k");
        assertThat(cache.command.itemKeyIsBinary).isTrue();
    }

    @Test
    void set_manyKeys_allHaveDifferentCasUniques() {
        long distinct =
                IntStream.range(0, 5000)
                        .mapToLong(
                                i -> {
                                    cache.set("key" + i, "v");
                                    return cache.command.itemCas;
                                })
                        .distinct()
                        .count();

        assertThat(distinct).isEqualTo(5000);
        assertThat(cache.engine.figures().currItems()).isEqualTo(5000);
    }

    private static void compare(Command command, long cas) {
        command.hasCasCompare = true;
        command.casCompare = cas;
    }
}
