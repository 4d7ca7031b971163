package io.memring.slab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.HashSet;
import java.util.Set;

class SlabAllocatorTest {

    private static final int PAGE = 64 << 10;

    private final SlabClassTable classes = SlabClassTable.fine(PAGE, PAGE / 2, 8);
    private final PagePool pool = PagePool.open(8L * PAGE, PAGE, () -> true);
    private final SlabAllocator slabs = new SlabAllocator(pool, classes);
    private final int large = classes.largestClassId();
    private final int small = 1;

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void allocate_withoutPage_givesNone() {
        assertThat(slabs.allocate(small)).isEqualTo(SlabAllocator.NO_CHUNK);
    }

    @Test
    void allocate_wholePage_givesDistinctChunksInsideIt() {
        slabs.grow(small);
        int perPage = classes.chunksPerPage(small);
        Set<Integer> handles = new HashSet<>();
        for (int i = 0; i < perPage; i++) {
            int handle = slabs.allocate(small);
            assertThat(slabs.pageOf(handle)).isEqualTo(1);
            assertThat(slabs.classOf(handle)).isEqualTo(small);
            handles.add(handle);
        }

        assertThat(handles).hasSize(perPage).doesNotContain(SlabAllocator.NO_CHUNK);
        assertThat(slabs.allocate(small)).isEqualTo(SlabAllocator.NO_CHUNK);
        assertThat(slabs.freeChunks(small)).isZero();
    }

    @Test
    void free_thenAllocate_givesTheSameChunkAgain() {
        slabs.grow(small);
        slabs.allocate(small);
        int handle = slabs.allocate(small);
        slabs.free(handle);

        assertThat(slabs.allocate(small)).isEqualTo(handle);
    }

    @Test
    void free_fullPage_takesPartAgain() {
        slabs.grow(large);
        int first = slabs.allocate(large);
        slabs.allocate(large);
        assertThat(slabs.allocate(large)).isEqualTo(SlabAllocator.NO_CHUNK);

        slabs.free(first);

        assertThat(slabs.allocate(large)).isEqualTo(first);
    }

    @Test
    void free_secondWhollyFreePage_goesBackToThePool() {
        slabs.grow(large);
        int[] handles = {slabs.allocate(large), slabs.allocate(large), 0, 0};
        slabs.grow(large);
        handles[2] = slabs.allocate(large);
        handles[3] = slabs.allocate(large);
        for (int handle : handles) {
            slabs.free(handle);
        }

        assertThat(slabs.pageCount(large)).isEqualTo(1);
        assertThat(pool.takenCount()).isEqualTo(1);
        assertThat(slabs.freeChunks(large)).isEqualTo(2);
    }

    @Test
    void takeFreePage_ofAnotherClass_takesOnlyWhollyFreeOnes() {
        slabs.grow(large);
        int handle = slabs.allocate(large);

        assertThat(slabs.takeFreePage(small)).isEqualTo(PagePool.NO_PAGE);
        slabs.free(handle);
        assertThat(slabs.takeFreePage(large)).isEqualTo(PagePool.NO_PAGE);
        int page = slabs.takeFreePage(small);

        assertThat(page).isEqualTo(1);
        assertThat(slabs.totalPages()).isZero();
        slabs.attach(page, small);
        assertThat(slabs.classOf(slabs.allocate(small))).isEqualTo(small);
    }

    @Test
    void seal_page_handsOutNoneOfItsChunks() {
        slabs.grow(small);
        int first = slabs.allocate(small);
        slabs.grow(small);
        int sealed = slabs.pageOf(first);

        slabs.seal(sealed);
        slabs.free(first);

        for (int i = 0; i < classes.chunksPerPage(small); i++) {
            assertThat(slabs.pageOf(slabs.allocate(small))).isNotEqualTo(sealed);
        }
        assertThat(slabs.allocate(small)).isEqualTo(SlabAllocator.NO_CHUNK);
        slabs.detach(sealed);
        assertThat(slabs.pageCount(small)).isEqualTo(1);
        assertThat(slabs.freeChunks(small)).isZero();
    }

    @Test
    void unseal_page_takesPartAgain() {
        slabs.grow(small);
        int first = slabs.allocate(small);
        slabs.seal(slabs.pageOf(first));
        assertThat(slabs.allocate(small)).isEqualTo(SlabAllocator.NO_CHUNK);

        slabs.unseal(slabs.pageOf(first));

        assertThat(slabs.allocate(small)).isNotEqualTo(SlabAllocator.NO_CHUNK);
    }
}
