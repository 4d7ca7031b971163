package io.memring.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.memring.engine.command.Command;
import io.memring.engine.command.DeltaOutcome;
import io.memring.engine.command.StoreMode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeltaTest {

    private final InlineCache cache = InlineCache.small();

    @AfterEach
    void close() {
        cache.close();
    }

    @Test
    void increment_number_answersAndStoresTheSum() {
        cache.store(StoreMode.SET, "n", "41", c -> c.clientFlags = 3);
        assertThat(cache.increment("n", 1)).isEqualTo(DeltaOutcome.OK);

        assertThat(cache.command.number).isEqualTo(42);
        assertThat(cache.get("n")).isEqualTo("42");
        assertThat(cache.command.itemClientFlags).isEqualTo(3);
        assertThat(cache.total(Stat.INCR_HITS)).isEqualTo(1);
    }

    @Test
    void increment_oneDigitMore_growsTheItem() {
        cache.set("n", "99", 60);
        cache.increment("n", 1);

        assertThat(cache.get("n")).isEqualTo("100");
        assertThat(cache.command.itemTtlSeconds).isEqualTo(60);
    }

    @Test
    void decrement_oneDigitLess_padsWithSpaces() {
        cache.set("n", "10");
        assertThat(cache.decrement("n", 1)).isEqualTo(DeltaOutcome.OK);

        assertThat(cache.command.number).isEqualTo(9);
        assertThat(cache.get("n")).isEqualTo("9 ");
        cache.increment("n", 1);
        assertThat(cache.get("n")).isEqualTo("10");
    }

    @Test
    void decrement_belowZero_stopsThere() {
        cache.set("n", "5");
        cache.decrement("n", 6);

        assertThat(cache.command.number).isZero();
    }

    @Test
    void increment_pastTheLargest_wraps() {
        cache.set("n", "18446744073709551615");
        cache.increment("n", 1);

        assertThat(cache.command.number).isZero();
        assertThat(cache.get("n")).isEqualTo("0" + " ".repeat(19));
    }

    @ParameterizedTest
    @CsvSource({
        "'7', 8",
        "' 7', 8",
        "'+7', 8",
        "'7 x', 8",
        "'007', 8",
        "'000000000000000000000000000007', 8",
        "'18446744073709551614', -1"
    })
    void increment_whatMemcachedTakesForANumber_works(String text, long sum) {
        cache.set("n", text);

        assertThat(cache.increment("n", 1)).isEqualTo(DeltaOutcome.OK);
        assertThat(cache.command.number).isEqualTo(sum);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "x", "7x", "-1", "+", "++7", "18446744073709551616"})
    void increment_otherText_isRefused(String text) {
        cache.set("n", text);

        assertThat(cache.increment("n", 1)).isEqualTo(DeltaOutcome.NON_NUMERIC);
        assertThat(cache.get("n")).isEqualTo(text);
    }

    @Test
    void increment_missing_isNotFoundAndCounted() {
        assertThat(cache.increment("n", 1)).isEqualTo(DeltaOutcome.NOT_FOUND);
        assertThat(cache.decrement("n", 1)).isEqualTo(DeltaOutcome.NOT_FOUND);

        assertThat(cache.total(Stat.INCR_MISSES)).isEqualTo(1);
        assertThat(cache.total(Stat.DECR_MISSES)).isEqualTo(1);
    }

    @Test
    void increment_missingVivified_createsTheInitialValue() {
        DeltaOutcome outcome =
                cache.delta(
                        "n",
                        5,
                        c -> {
                            c.hasVivify = true;
                            c.vivifyExptime = 90;
                            c.initial = 13;
                        });

        assertThat(outcome).isEqualTo(DeltaOutcome.CREATED);
        assertThat(cache.command.number).isEqualTo(13);
        assertThat(cache.get("n")).isEqualTo("13");
        assertThat(cache.command.itemTtlSeconds).isEqualTo(90);
    }

    @Test
    void increment_cas_isComparedUnlessZeroAndRenewed() {
        cache.set("n", "1");
        long cas = cache.command.itemCas;

        assertThat(cache.delta("n", 1, c -> compare(c, cas + 1)))
                .isEqualTo(DeltaOutcome.CAS_MISMATCH);
        assertThat(cache.delta("n", 1, c -> compare(c, 0))).isEqualTo(DeltaOutcome.OK);
        assertThat(cache.command.itemCas).isNotEqualTo(cas);
        long renewed = cache.command.itemCas;
        cache.get("n");
        assertThat(cache.command.itemCas).isEqualTo(renewed);
    }

    @Test
    void increment_withTouch_changesTheExpiry() {
        cache.set("n", "1", 10);
        cache.delta(
                "n",
                1,
                c -> {
                    c.hasTouch = true;
                    c.touchExptime = 300;
                });

        assertThat(cache.command.itemTtlBeforeSeconds).isEqualTo(10);
        assertThat(cache.command.itemTtlSeconds).isEqualTo(300);
    }

    @Test
    void increment_chain_isNonNumeric() {
        cache.set("n", "1".repeat(100_000));

        assertThat(cache.increment("n", 1)).isEqualTo(DeltaOutcome.NON_NUMERIC);
    }

    private static void compare(Command command, long cas) {
        command.hasCasCompare = true;
        command.casCompare = cas;
    }
}
