package io.memring.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.memring.engine.command.Command;
import io.memring.engine.command.DeleteOutcome;
import io.memring.engine.command.StoreMode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeleteTest {

    private final InlineCache cache = InlineCache.small();

    @AfterEach
    void close() {
        cache.close();
    }

    @Test
    void delete_item_isGone() {
        cache.set("k", "v");
        assertThat(cache.delete("k")).isEqualTo(DeleteOutcome.DELETED);
        assertThat(cache.delete("k")).isEqualTo(DeleteOutcome.NOT_FOUND);

        assertThat(cache.get("k")).isNull();
        assertThat(cache.total(Stat.DELETE_HITS)).isEqualTo(1);
        assertThat(cache.total(Stat.DELETE_MISSES)).isEqualTo(1);
        assertThat(cache.engine.figures().bytes()).isZero();
    }

    @Test
    void delete_chain_freesAllItsChunks() {
        cache.set("k", "x".repeat(500_000));
        cache.delete("k");

        assertThat(cache.engine.figures().bytes()).isZero();
    }

    @Test
    void delete_otherCas_exists() {
        cache.set("k", "v");
        long cas = cache.command.itemCas;

        assertThat(cache.delete("k", c -> compare(c, cas + 1))).isEqualTo(DeleteOutcome.EXISTS);
        assertThat(cache.delete("k", c -> compare(c, cas))).isEqualTo(DeleteOutcome.DELETED);
    }

    @Test
    void delete_invalidating_leavesAStaleItemWithNewCas() {
        cache.set("k", "v");
        long cas = cache.command.itemCas;

        DeleteOutcome outcome =
                cache.delete(
                        "k",
                        c -> {
                            c.invalidate = true;
                            c.hasTouch = true;
                            c.touchExptime = 30;
                        });

        assertThat(outcome).isEqualTo(DeleteOutcome.DELETED);
        assertThat(cache.get("k")).isEqualTo("v");
        assertThat(cache.command.itemStale).isTrue();
        assertThat(cache.command.itemTtlSeconds).isEqualTo(30);
        assertThat(cache.command.itemCas).isNotEqualTo(cas);
    }

    @Test
    void delete_invalidatingAgain_letsSomebodyElseWin() {
        cache.set("k", "v");
        cache.delete("k", c -> c.invalidate = true);
        cache.get("k", c -> c.meta = true);
        cache.delete("k", c -> c.invalidate = true);
        cache.get("k", c -> c.meta = true);

        assertThat(cache.command.itemWon).isTrue();
    }

    @Test
    void delete_removingTheValue_leavesAnEmptyItemWithTheSameCas() {
        cache.store(StoreMode.SET, "k", "value", c -> c.clientFlags = 5);
        long cas = cache.command.itemCas;
        cache.delete("k", c -> c.removeValue = true);

        assertThat(cache.get("k")).isEmpty();
        assertThat(cache.command.itemClientFlags).isZero();
        assertThat(cache.command.itemCas).isEqualTo(cas);
        assertThat(cache.command.itemTtlSeconds).isEqualTo(-1);
    }

    @Test
    void delete_removingAndInvalidating_leavesAnEmptyStaleItem() {
        cache.set("k", "value");
        cache.delete(
                "k",
                c -> {
                    c.removeValue = true;
                    c.invalidate = true;
                    c.clientFlags = 8;
                    c.hasCasExplicit = true;
                    c.casExplicit = 4711;
                });

        assertThat(cache.get("k")).isEmpty();
        assertThat(cache.command.itemStale).isTrue();
        assertThat(cache.command.itemClientFlags).isEqualTo(8);
        assertThat(cache.command.itemCas).isEqualTo(4711);
    }

    private static void compare(Command command, long cas) {
        command.hasCasCompare = true;
        command.casCompare = cas;
    }
}
