package io.memring.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MemoryLimitTest {

    private static final String VALUE = "v".repeat(500);

    private static void fill(InlineCache cache, int from, int to) {
        for (int i = from; i < to; i++) {
            cache.set("key" + i, VALUE);
        }
    }

    @Test
    void setMemoryLimit_raised_holdsMore() {
        try (InlineCache cache = new InlineCache(InlineCache.config(8))) {
            fill(cache, 0, 40_000);
            long before = cache.engine.figures().currItems();

            assertThat(cache.engine.setMemoryLimit(16L << 20)).isTrue();
            fill(cache, 40_000, 80_000);

            assertThat(cache.engine.figures().currItems()).isGreaterThan(before * 19 / 10);
            assertThat(cache.engine.figures().limitMaxBytes()).isEqualTo(16L << 20);
        }
    }

    @Test
    void setMemoryLimit_lowered_givesPagesBackAndKeepsServing() {
        try (InlineCache cache = new InlineCache(InlineCache.config(16))) {
            fill(cache, 0, 40_000);
            cache.engine.setMemoryLimit(8L << 20);
            cache.maintain();

            assertThat(cache.engine.figures().mallocedBytes()).isLessThanOrEqualTo(8L << 20);
            cache.engine.checkInvariants();
            fill(cache, 0, 40_000);
            assertThat(cache.get("key39999")).isEqualTo(VALUE);
            assertThat(cache.engine.figures().mallocedBytes()).isLessThanOrEqualTo(8L << 20);
        }
    }

    @Test
    void setMemoryLimit_beyondAddressSpace_isRefused() {
        try (InlineCache cache = InlineCache.small()) {
            assertThat(cache.engine.setMemoryLimit(1L << 50)).isFalse();
            assertThat(cache.engine.figures().limitMaxBytes()).isEqualTo(8L << 20);
        }
    }

    @Test
    void figures_filledCache_addUp() {
        try (InlineCache cache = InlineCache.small()) {
            fill(cache, 0, 1000);
            EngineFigures figures = cache.engine.figures();

            assertThat(figures.currItems()).isEqualTo(1000);
            assertThat(figures.bytes()).isBetween(1000L * 540, 1000L * 543);
            assertThat(figures.mallocedBytes()).isGreaterThan(figures.bytes());
            assertThat(figures.hashBytes()).isGreaterThanOrEqualTo(4000);
            assertThat(1L << figures.hashPowerLevel()).isLessThanOrEqualTo(figures.hashBytes() / 4);
        }
    }

    @Test
    void resetStats_counters_startAgain() {
        try (InlineCache cache = InlineCache.small()) {
            cache.set("k", VALUE);
            cache.engine.resetStats();
            assertThat(cache.total(Stat.CMD_SET)).isZero();
            cache.set("k", VALUE);
            assertThat(cache.total(Stat.CMD_SET)).isEqualTo(1);
            cache.worker.count(Stat.CMD_FLUSH);
            cache.worker.count(Stat.CMD_META, 3);
            assertThat(cache.total(Stat.CMD_FLUSH)).isEqualTo(1);
            assertThat(cache.total(Stat.CMD_META)).isEqualTo(3);
        }
    }
}
