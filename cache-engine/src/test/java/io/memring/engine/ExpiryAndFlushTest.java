package io.memring.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.memring.engine.command.Operation;
import io.memring.engine.command.StoreMode;
import io.memring.engine.command.Upload;

import org.junit.jupiter.api.Test;

class ExpiryAndFlushTest {

    private static final String VALUE = "v".repeat(50);

    @Test
    void maintain_expiredItems_areGoneWithinSeconds() {
        try (InlineCache cache = InlineCache.small()) {
            for (int i = 0; i < 10_000; i++) {
                cache.set("key" + i, VALUE, 10 + i % 2 * 1000);
            }
            for (int i = 0; i < 12; i++) {
                cache.clock.advance(1);
                cache.maintain();
            }

            assertThat(cache.engine.figures().currItems()).isEqualTo(5000);
            assertThat(cache.total(Stat.CRAWLER_RECLAIMED)).isEqualTo(5000);
            assertThat(cache.total(Stat.EXPIRED_UNFETCHED)).isEqualTo(5000);
        }
    }

    @Test
    void maintain_touchedItem_isSweptAtItsNewTime() {
        try (InlineCache cache = InlineCache.small()) {
            cache.set("k", VALUE);
            cache.touch("k", 5);
            cache.clock.advance(5);
            cache.maintain();

            assertThat(cache.engine.figures().currItems()).isZero();
        }
    }

    @Test
    void maintain_nothingExpires_looksAtNothing() {
        try (InlineCache cache = InlineCache.small()) {
            cache.set("forever", VALUE);
            cache.set("long", VALUE, 1000);
            for (int i = 0; i < 20; i++) {
                cache.clock.advance(1);
                cache.maintain();
            }

            assertThat(cache.total(Stat.CRAWLER_ITEMS_CHECKED)).isZero();
        }
    }

    @Test
    void maintain_crawlerOff_leavesExpiredItems() {
        try (InlineCache cache =
                new InlineCache(TestConfig.of(8).flat().withoutCrawler().build())) {
            cache.set("k", VALUE, 5);
            cache.clock.advance(10);
            cache.maintain();

            assertThat(cache.engine.figures().currItems()).isEqualTo(1);
            assertThat(cache.get("k")).isNull();
        }
    }

    @Test
    void flushAll_items_areDeadAtOnceAndNewOnesLive() {
        try (InlineCache cache = InlineCache.small()) {
            cache.set("old", VALUE);
            cache.engine.flushAll();
            cache.set("new", VALUE);

            assertThat(cache.get("old")).isNull();
            assertThat(cache.get("new")).isEqualTo(VALUE);
            assertThat(cache.total(Stat.GET_FLUSHED)).isEqualTo(1);
        }
    }

    @Test
    void flushAll_thenMaintain_freesTheMemory() {
        try (InlineCache cache = InlineCache.small()) {
            for (int i = 0; i < 10_000; i++) {
                cache.set("key" + i, VALUE);
            }
            cache.engine.flushAll();
            cache.maintain();

            assertThat(cache.engine.figures().currItems()).isZero();
            assertThat(cache.engine.figures().bytes()).isZero();
        }
    }

    @Test
    void flushAll_uploadInBetween_livesIfItIsCommittedAfter() {
        try (InlineCache cache = InlineCache.small()) {
            Upload upload = new Upload();
            cache.reserve(StoreMode.SET, "k", VALUE, upload);
            cache.engine.flushAll();
            cache.worker.write(upload, cache.command.valueAddress, VALUE.length());
            cache.command.operation = Operation.COMMIT;
            cache.worker.execute(cache.command);

            assertThat(cache.get("k")).isEqualTo(VALUE);
        }
    }

    @Test
    void flushAll_moreOftenThanEpochsCount_neverRevivesAnItem() {
        try (InlineCache cache = InlineCache.small()) {
            cache.set("old", VALUE);
            for (int i = 0; i < 1000; i++) {
                cache.engine.flushAll();
                assertThat(cache.get("other" + i)).isNull();
            }
            for (int i = 0; i < 600; i++) {
                cache.set("key" + i, VALUE);
                cache.engine.flushAll();
            }
            for (int i = 0; i < 600; i++) {
                assertThat(cache.get("key" + i)).isNull();
            }
            assertThat(cache.get("old")).isNull();
        }
    }

    @Test
    void scheduleFlush_whenItsTimeComes_flushes() {
        try (InlineCache cache = InlineCache.small()) {
            cache.set("k", VALUE);
            cache.engine.scheduleFlush(10);
            cache.clock.advance(8);
            assertThat(cache.get("k")).isEqualTo(VALUE);
            cache.clock.advance(1);
            assertThat(cache.get("k")).isNull();
            cache.set("k", VALUE);
            cache.clock.advance(100);
            assertThat(cache.get("k")).isEqualTo(VALUE);
        }
    }

    @Test
    void scheduleFlush_again_replacesThePendingOne() {
        try (InlineCache cache = InlineCache.small()) {
            cache.set("k", VALUE);
            cache.engine.scheduleFlush(10);
            cache.engine.scheduleFlush(1000);
            cache.clock.advance(20);
            assertThat(cache.get("k")).isEqualTo(VALUE);
            cache.engine.flushAll();
            cache.set("k", VALUE);
            cache.clock.advance(1000);
            assertThat(cache.get("k")).isEqualTo(VALUE);
        }
    }

    @Test
    void scheduleFlush_notPositive_flushesAtOnce() {
        try (InlineCache cache = InlineCache.small()) {
            cache.set("k", VALUE);
            cache.engine.scheduleFlush(0);
            assertThat(cache.get("k")).isNull();
            cache.set("k", VALUE);
            cache.engine.scheduleFlush(-1);
            assertThat(cache.get("k")).isNull();
        }
    }

    @Test
    void scheduleFlush_applied_evenIfNobodyAsks() {
        try (InlineCache cache = InlineCache.small()) {
            cache.set("k", VALUE);
            cache.engine.scheduleFlush(10);
            cache.clock.advance(10);
            cache.maintain();

            assertThat(cache.engine.figures().currItems()).isZero();
        }
    }

    @Test
    void scheduleFlush_whileAnotherIsDueButNotDone_itemsOfBeforeAreDead() {
        try (InlineCache cache = InlineCache.small()) {
            cache.set("k", VALUE);
            cache.engine.scheduleFlush(12);
            cache.clock.advance(70);
            cache.engine.scheduleFlush(8);

            assertThat(cache.get("k")).isNull();
        }
    }
}
