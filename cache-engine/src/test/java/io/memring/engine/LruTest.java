package io.memring.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.memring.engine.item.LruSegment;

import org.junit.jupiter.api.Test;

class LruTest {

    private static final String VALUE = "v".repeat(100);

    private static InlineCache oneStripe() {
        return new InlineCache(TestConfig.of(8).stripes(1).build());
    }

    private static int count(InlineCache cache, int segment) {
        Stripe stripe = cache.engine.stripe(0);
        int count = 0;
        for (int id = 1; id <= stripe.engine.classes.largestClassId(); id++) {
            count += stripe.lru.count(id, segment);
        }
        return count;
    }

    private static void fill(InlineCache cache, int items) {
        for (int i = 0; i < items; i++) {
            cache.set("key" + i, VALUE);
        }
    }

    /** Fills the cache and leaves no memory over, so that eviction is near. */
    private static void fillUp(InlineCache cache, int items) {
        fill(cache, items);
        assertThat(cache.engine.setMemoryLimit(cache.engine.figures().mallocedBytes())).isTrue();
    }

    @Test
    void maintain_memoryLeft_leavesItemsWhereTheyAre() {
        try (InlineCache cache = oneStripe()) {
            fill(cache, 1000);
            cache.maintain();

            assertThat(count(cache, LruSegment.HOT)).isEqualTo(1000);
        }
    }

    @Test
    void set_overwrittenWhileHot_keepsItsPlaceAndIsActive() {
        try (InlineCache cache = oneStripe()) {
            fillUp(cache, 1000);
            cache.set("key0", "w".repeat(100));
            cache.maintain();

            assertThat(count(cache, LruSegment.WARM)).isEqualTo(1);
            assertThat(cache.get("key0")).isEqualTo("w".repeat(100));
        }
    }

    @Test
    void set_newItem_isHot() {
        try (InlineCache cache = oneStripe()) {
            fill(cache, 10);
            assertThat(count(cache, LruSegment.HOT)).isEqualTo(10);
        }
    }

    @Test
    void maintain_hotOverItsShare_sendsTheOldestToCold() {
        try (InlineCache cache = oneStripe()) {
            fillUp(cache, 1000);
            cache.maintain();

            assertThat(count(cache, LruSegment.HOT)).isBetween(195, 205);
            assertThat(count(cache, LruSegment.COLD)).isBetween(795, 805);
            assertThat(cache.total(Stat.MOVES_TO_COLD)).isEqualTo(count(cache, LruSegment.COLD));
        }
    }

    @Test
    void maintain_activeItems_goToWarm() {
        try (InlineCache cache = oneStripe()) {
            fillUp(cache, 1000);
            for (int i = 0; i < 100; i++) {
                cache.get("key" + i);
                cache.get("key" + i);
            }
            cache.maintain();

            assertThat(count(cache, LruSegment.WARM)).isEqualTo(100);
        }
    }

    @Test
    void get_secondHitInCold_movesToWarm() {
        try (InlineCache cache = oneStripe()) {
            fillUp(cache, 1000);
            cache.maintain();
            cache.get("key0");
            assertThat(count(cache, LruSegment.WARM)).isZero();
            cache.get("key0");
            assertThat(count(cache, LruSegment.WARM)).isEqualTo(1);
        }
    }

    @Test
    void maintain_warmOverItsShare_sendsIdleItemsToCold() {
        try (InlineCache cache = oneStripe()) {
            fillUp(cache, 1000);
            for (int i = 0; i < 1000; i++) {
                cache.get("key" + i);
                cache.get("key" + i);
            }
            for (int i = 0; i < 10; i++) {
                cache.clock.advance(1);
                cache.maintain();
            }

            assertThat(count(cache, LruSegment.WARM)).isBetween(395, 405);
        }
    }

    @Test
    void set_shortLivedWithTempLru_waitsInTemp() {
        try (InlineCache cache =
                new InlineCache(TestConfig.of(8).stripes(1).temporaryTtl(61).build())) {
            cache.set("short", VALUE, 60);
            cache.set("long", VALUE, 600);
            cache.set("forever", VALUE);

            assertThat(count(cache, LruSegment.TEMP)).isEqualTo(1);
            assertThat(count(cache, LruSegment.HOT)).isEqualTo(2);
            cache.clock.advance(60);
            cache.maintain();
            assertThat(count(cache, LruSegment.TEMP)).isZero();
        }
    }

    @Test
    void set_flat_hasOneList() {
        try (InlineCache cache = new InlineCache(TestConfig.of(8).stripes(1).flat().build())) {
            fill(cache, 1000);
            cache.get("key0");
            cache.get("key0");
            cache.maintain();

            assertThat(count(cache, LruSegment.COLD)).isEqualTo(1000);
        }
    }
}
