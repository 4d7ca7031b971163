package io.memring.slab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.concurrent.atomic.AtomicBoolean;

class PagePoolTest {

    private static final int PAGE = 64 << 10;

    @Test
    void take_upToTheLimit_givesDifferentPagesAndNeverPageZero() {
        try (PagePool pool = PagePool.open(3L * PAGE, PAGE, () -> true)) {
            assertThat(new int[] {pool.take(), pool.take(), pool.take(), pool.take()})
                    .containsExactly(1, 2, 3, PagePool.NO_PAGE);
            assertThat(pool.takenCount()).isEqualTo(3);
        }
    }

    @Test
    void take_afterGiveBack_prefersPagesThatWereUsed() {
        try (PagePool pool = PagePool.open(3L * PAGE, PAGE, () -> true)) {
            int page = pool.take();
            pool.giveBack(page);

            assertThat(pool.returnedCount()).isEqualTo(1);
            assertThat(pool.take()).isEqualTo(page);
            assertThat(pool.returnedCount()).isZero();
        }
    }

    @Test
    void take_supplyRefuses_givesNone() {
        AtomicBoolean supply = new AtomicBoolean();
        try (PagePool pool = PagePool.open(3L * PAGE, PAGE, supply::get)) {
            assertThat(pool.take()).isEqualTo(PagePool.NO_PAGE);
            supply.set(true);
            assertThat(pool.take()).isEqualTo(1);
        }
    }

    @Test
    void setLimit_raised_givesMorePages() {
        try (PagePool pool = PagePool.open(PAGE, PAGE, () -> true)) {
            pool.take();

            assertThat(pool.setLimit(2L * PAGE)).isTrue();
            assertThat(pool.take()).isEqualTo(2);
            assertThat(pool.limitBytes()).isEqualTo(2L * PAGE);
        }
    }

    @Test
    void setLimit_beyondTheReservedSpace_isRefused() {
        try (PagePool pool = PagePool.open(PAGE, PAGE, () -> true)) {
            assertThat(pool.setLimit(pool.regionSize() * 2)).isFalse();
            assertThat(pool.limitBytes()).isEqualTo(PAGE);
        }
    }

    @Test
    void setLimit_lowered_asksForPagesBackAndForgetsWhatWasInThem() {
        try (PagePool pool = PagePool.open(4L * PAGE, PAGE, () -> true)) {
            int first = pool.take();
            int second = pool.take();
            long address = pool.address() + (long) second * PAGE;
            SlabMemory.putLong(address, 42);

            pool.setLimit(PAGE);

            assertThat(pool.excess()).isEqualTo(1);
            pool.giveBack(second);
            assertThat(pool.excess()).isZero();
            assertThat(pool.take()).isEqualTo(PagePool.NO_PAGE);
            if (NativeMemory.isLazy()) {
                assertThat(SlabMemory.getLong(address)).isZero();
            }
            assertThat(first).isEqualTo(1);
        }
    }

    @Test
    void open_tinyLimit_hasOnePage() {
        try (PagePool pool = PagePool.open(1, PAGE, () -> true)) {
            assertThat(pool.take()).isEqualTo(1);
            assertThat(pool.take()).isEqualTo(PagePool.NO_PAGE);
        }
    }

    @Test
    void open_hundredGibibytes_reservesWithoutTouchingAndWidensHandles() {
        if (!NativeMemory.isLazy()) {
            return;
        }
        try (PagePool pool = PagePool.open(100L << 30, 1 << 20, () -> true)) {
            assertThat(pool.handleShift()).isEqualTo(5);
            assertThat(pool.regionSize()).isGreaterThan(100L << 30);
        }
    }
}
