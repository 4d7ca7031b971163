package io.memring.slab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Run twice by the build: with {@code java.lang.foreign}, and with {@code sun.misc.Unsafe}. */
class SlabMemoryTest {

    private static final int SIZE = 1024;

    private final MemoryRegion region = MemoryRegion.reserve(SIZE);
    private final long address = region.address();

    @AfterEach
    void close() {
        region.close();
    }

    @Test
    void unsafe_isUsedWhereItIsAllowed() {
        assertThat(SlabMemory.usesUnsafe())
                .isEqualTo(Boolean.getBoolean("memring.test.usesUnsafe"));
    }

    @Test
    void getAndPut_everySizeAtEveryAlignment_seeTheSameBytes() {
        for (int offset = 0; offset < Long.BYTES; offset++) {
            long place = address + offset;
            SlabMemory.putLong(place, 0x0102_0304_0506_0708L);
            assertThat(SlabMemory.getInt(place)).isEqualTo(0x0506_0708);
            assertThat(SlabMemory.getShort(place)).isEqualTo((short) 0x0708);
            SlabMemory.putInt(place + 4, -2);
            SlabMemory.putShort(place + 2, (short) -3);
            SlabMemory.putByte(place + 1, (byte) -4);
            assertThat(SlabMemory.getByte(place + 1)).isEqualTo((byte) -4);
            assertThat(SlabMemory.getLong(place)).isEqualTo(0xFFFF_FFFE_FFFD_FC08L);
        }
    }

    @Test
    void reserve_freshRegion_readsAsZeros() {
        for (int i = 0; i < SIZE; i += Long.BYTES) {
            assertThat(SlabMemory.getLong(address + i)).isZero();
        }
    }

    @Test
    void reserve_nothing_isRefused() {
        assertThatThrownBy(() -> MemoryRegion.reserve(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("size=0");
    }

    @Test
    void copy_everyLength_copiesExactlyThatMuch() {
        for (int length = 0; length <= 200; length++) {
            fill(length);
            SlabMemory.copy(address + 1, address + 513, length);
            for (int i = 0; i < length; i++) {
                assertThat(SlabMemory.getByte(address + 513 + i)).isEqualTo((byte) (length + i));
            }
            assertThat(SlabMemory.getByte(address + 513 + length)).isEqualTo((byte) -1);
        }
    }

    @Test
    void copy_overlapping_readsBeforeItWrites() {
        for (int length = 1; length <= 200; length++) {
            for (int distance : new int[] {-40, -17, -3, 3, 17, 40}) {
                fill(length);
                long destination = address + 41 + distance;
                SlabMemory.copy(address + 41, destination, length);
                for (int i = 0; i < length; i++) {
                    assertThat(SlabMemory.getByte(destination + i))
                            .isEqualTo((byte) (length + 40 + i));
                }
            }
        }
    }

    /** Bytes from offset 1 count up from {@code start}; the upper half is all ones. */
    private void fill(int start) {
        SlabMemory.fill(address + 512, 512, (byte) -1);
        for (int i = 0; i < 256; i++) {
            SlabMemory.putByte(address + 1 + i, (byte) (start + i));
        }
    }

    @Test
    void equal_everyLength_seesEveryByte() {
        for (int length = 0; length <= 40; length++) {
            SlabMemory.fill(address, SIZE, (byte) 7);
            assertThat(SlabMemory.equal(address + 3, address + 512, length)).isTrue();
            for (int i = 0; i < length; i++) {
                SlabMemory.putByte(address + 3 + i, (byte) 8);
                assertThat(SlabMemory.equal(address + 3, address + 512, length)).isFalse();
                SlabMemory.putByte(address + 3 + i, (byte) 7);
            }
            SlabMemory.putByte(address + 3 + length, (byte) 8);
            assertThat(SlabMemory.equal(address + 3, address + 512, length)).isTrue();
        }
    }

    @Test
    void compareAndSet_unexpectedValue_changesNothing() {
        SlabMemory.putLongRelease(address, 5);

        assertThat(SlabMemory.compareAndSet(address, 4, 6)).isFalse();
        assertThat(SlabMemory.getLongAcquire(address)).isEqualTo(5);
        assertThat(SlabMemory.compareAndSet(address, 5, 6)).isTrue();
        assertThat(SlabMemory.getLongAcquire(address)).isEqualTo(6);
    }

    @Test
    void allocate_block_canBeWrittenAndFreed() {
        long block = SlabMemory.allocate(64);
        SlabMemory.putLong(block + 56, 1);
        assertThat(SlabMemory.getLong(block + 56)).isEqualTo(1);
        SlabMemory.free(block);
    }

    @Test
    void heapMemory_region_isZeroedAndGivenBack() {
        NativeMemory.Heap heap = new NativeMemory.Heap();
        long block = heap.map(SIZE);
        heap.adviseHugePages(block, SIZE);
        heap.release(block, SIZE);
        assertThat(SlabMemory.getLong(block)).isZero();
        heap.unmap(block, SIZE);
    }
}
