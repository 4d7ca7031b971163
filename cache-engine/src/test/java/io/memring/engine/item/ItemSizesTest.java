package io.memring.engine.item;

import static org.assertj.core.api.Assertions.assertThat;

import io.memring.slab.SlabClassTable;

import org.junit.jupiter.api.Test;

class ItemSizesTest {

    private static final int MEBIBYTE = 1 << 20;

    private final SlabClassTable memcached =
            SlabClassTable.memcached(MEBIBYTE, MEBIBYTE / 2, 8, 1.25, 48);

    @Test
    void classOf_likeMemcached_isTheClassItsTestsRelyOn() {
        ItemSizes sizes = new ItemSizes(memcached, true, true, MEBIBYTE);

        assertThat(sizes.classOf(4, 0, 66560)).isEqualTo(31);
        assertThat(sizes.classOf(3, 0, 8192)).isEqualTo(21);
        // 48 + 8 + 1 + 1 + 36 + 2 = 96.
        assertThat(sizes.classOf(1, 0, 36)).isEqualTo(1);
        assertThat(sizes.classOf(1, 0, 37)).isEqualTo(2);
        assertThat(sizes.classOf(1, 9, 33)).isEqualTo(2);
        assertThat(sizes.classOf(1, 0, 600_000)).isEqualTo(ItemSizes.CHAIN);
    }

    @Test
    void classOf_finer_takesTheSmallestChunkThatFits() {
        SlabClassTable fine = SlabClassTable.fine(64 << 10, 32 << 10, 8);
        ItemSizes sizes = new ItemSizes(fine, false, true, MEBIBYTE);

        assertThat(fine.chunkSize(sizes.classOf(12, 0, 100))).isEqualTo(152);
        assertThat(fine.chunkSize(sizes.classOf(12, 1, 100))).isEqualTo(152);
        assertThat(fine.chunkSize(sizes.classOf(12, 1, 101))).isEqualTo(160);
        assertThat(sizes.classOf(1, 0, (32 << 10) - 37)).isEqualTo(fine.largestClassId());
        assertThat(sizes.classOf(1, 0, (32 << 10) - 36)).isEqualTo(ItemSizes.CHAIN);
    }

    @Test
    void isTooLarge_limit_isMemcacheds() {
        ItemSizes withCas = new ItemSizes(memcached, false, true, MEBIBYTE);
        ItemSizes withoutCas = new ItemSizes(memcached, false, false, MEBIBYTE);
        int largest = MEBIBYTE - 48 - 8 - 1 - 1 - 2;

        assertThat(withCas.isTooLarge(1, 0, largest)).isFalse();
        assertThat(withCas.isTooLarge(1, 0, largest + 1)).isTrue();
        assertThat(withCas.isTooLarge(1, 1, largest)).isTrue();
        assertThat(withoutCas.isTooLarge(1, 0, largest + 8)).isFalse();
        assertThat(withoutCas.isTooLarge(1, 0, largest + 9)).isTrue();
        assertThat(withCas.isTooLarge(1, 0, Integer.MAX_VALUE * 2L)).isTrue();
    }
}
