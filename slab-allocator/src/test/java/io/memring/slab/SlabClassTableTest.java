package io.memring.slab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.stream.IntStream;

class SlabClassTableTest {

    private static final int MEBIBYTE = 1 << 20;

    @Test
    void memcached_defaults_hasItsThirtyNineClasses() {
        SlabClassTable table = SlabClassTable.memcached(MEBIBYTE, MEBIBYTE / 2, 8, 1.25, 48);

        assertThat(chunkSizes(table))
                .containsExactly(
                        96, 120, 152, 192, 240, 304, 384, 480, 600, 752, 944, 1184, 1480, 1856,
                        2320, 2904, 3632, 4544, 5680, 7104, 8880, 11104, 13880, 17352, 21696, 27120,
                        33904, 42384, 52984, 66232, 82792, 103496, 129376, 161720, 202152, 252696,
                        315872, 394840, 524288);
        assertThat(table.chunksPerPage(1)).isEqualTo(10922);
        assertThat(table.chunksPerPage(31)).isEqualTo(12);
        assertThat(table.chunksPerPage(39)).isEqualTo(2);
    }

    @Test
    void memcached_smallerChunkMax_endsThere() {
        SlabClassTable sixteen = SlabClassTable.memcached(MEBIBYTE, 16 << 10, 8, 1.25, 48);
        SlabClassTable four = SlabClassTable.memcached(MEBIBYTE, 4 << 10, 8, 1.25, 48);

        assertThat(sixteen.largestClassId()).isEqualTo(23);
        assertThat(sixteen.chunkSizeMax()).isEqualTo(16384);
        assertThat(four.largestClassId()).isEqualTo(17);
        assertThat(four.chunkSizeMax()).isEqualTo(4096);
    }

    @Test
    void memcached_chunksOfAWholePage_goesOnUpToThem() {
        SlabClassTable table = SlabClassTable.memcached(MEBIBYTE, MEBIBYTE, 8, 1.25, 48);

        assertThat(chunkSizes(table)).endsWith(493552, 616944, 771184, 1048576);
        assertThat(table.largestClassId()).isEqualTo(42);
    }

    @Test
    void memcached_tinyFactor_staysWithinItsNumberOfClasses() {
        SlabClassTable table = SlabClassTable.memcached(MEBIBYTE, MEBIBYTE / 2, 8, 1.01, 48);

        assertThat(table.largestClassId()).isEqualTo(SlabClassTable.MEMCACHED_CLASSES_MAX);
        assertThat(table.chunkSizeMax()).isEqualTo(MEBIBYTE / 2);
    }

    @ParameterizedTest
    @ValueSource(ints = {64 << 10, 128 << 10, 256 << 10, MEBIBYTE})
    void fine_anyPageSize_growsInSmallAlignedStepsAndHasTheCommonSmallSize(int pageSize) {
        SlabClassTable table = SlabClassTable.fine(pageSize, pageSize / 2, 8);
        int[] sizes = chunkSizes(table);

        assertThat(sizes).contains(152).doesNotHaveDuplicates().isSorted();
        assertThat(sizes[0]).isEqualTo(48);
        assertThat(sizes[sizes.length - 1]).isEqualTo(pageSize / 2);
        assertThat(IntStream.of(sizes)).allMatch(size -> size % 8 == 0);
        assertThat(table.largestClassId()).isLessThanOrEqualTo(SlabClassTable.CLASSES_MAX);
    }

    @Test
    void fine_largeChunks_fillTheirPages() {
        SlabClassTable table = SlabClassTable.fine(64 << 10, 32 << 10, 8);

        for (int id = 1; id <= table.largestClassId(); id++) {
            int lost = table.pageSize() - table.chunksPerPage(id) * table.chunkSize(id);
            assertThat(lost).as("lost by class %d", id).isLessThan(table.pageSize() / 50);
        }
    }

    @Test
    void fine_coarseAlignment_isKept() {
        SlabClassTable table = SlabClassTable.fine(MEBIBYTE, MEBIBYTE / 2, 16);

        assertThat(IntStream.of(chunkSizes(table))).allMatch(size -> size % 16 == 0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void classOf_everySize_isTheSmallestThatFits(boolean fine) {
        SlabClassTable table =
                fine
                        ? SlabClassTable.fine(64 << 10, 32 << 10, 8)
                        : SlabClassTable.memcached(MEBIBYTE, MEBIBYTE / 2, 8, 1.25, 48);

        for (int size = 1; size <= table.chunkSizeMax(); size++) {
            int id = table.classOf(size);
            if (table.chunkSize(id) < size || id > 1 && table.chunkSize(id - 1) >= size) {
                throw new AssertionError("size=" + size + " classId=" + id);
            }
        }
    }

    private static int[] chunkSizes(SlabClassTable table) {
        return IntStream.rangeClosed(1, table.largestClassId()).map(table::chunkSize).toArray();
    }
}
