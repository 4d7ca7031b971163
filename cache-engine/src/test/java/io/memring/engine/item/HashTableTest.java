package io.memring.engine.item;

import static org.assertj.core.api.Assertions.assertThat;

import io.memring.slab.MemoryRegion;
import io.memring.slab.PagePool;
import io.memring.slab.SlabAllocator;
import io.memring.slab.SlabClassTable;
import io.memring.slab.SlabMemory;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class HashTableTest {

    private static final int PAGE = 64 << 10;
    private static final int BUCKETS_MAX = 1 << 13;

    private final PagePool pool = PagePool.open(64L * PAGE, PAGE, () -> true);
    private final SlabAllocator slabs =
            new SlabAllocator(pool, SlabClassTable.fine(PAGE, PAGE / 2, 8));
    private final ItemRegion region = new ItemRegion(pool);
    private final MemoryRegion memory = MemoryRegion.reserve(HashTable.reservedBytes(BUCKETS_MAX));
    private final HashTable table = new HashTable(region, memory.address(), BUCKETS_MAX);
    private final long key = SlabMemory.allocate(8);

    @AfterEach
    void close() {
        SlabMemory.free(key);
        memory.close();
        pool.close();
    }

    private long hash(long id) {
        SlabMemory.putLong(key, id);
        return KeyHash.hash(key, 8);
    }

    private int item(long id) {
        SlabMemory.putLong(key, id);
        int classId = slabs.classes().classOf(ItemLayout.HEADER_SIZE + 8);
        int handle = slabs.allocate(classId);
        if (handle == SlabAllocator.NO_CHUNK) {
            slabs.grow(classId);
            handle = slabs.allocate(classId);
        }
        ItemWriter.begin(region.address(handle), 0, 0, key, 8);
        return handle;
    }

    @Test
    void find_afterEveryStepOfGrowth_findsEveryItem() {
        List<Integer> handles = new ArrayList<>();
        for (int id = 0; id < 3000; id++) {
            int handle = item(id);
            handles.add(handle);
            table.insert(hash(id), handle);
            table.grow(handles.size(), 2);
            if (id % 97 == 0) {
                assertAllFound(handles);
            }
        }

        assertAllFound(handles);
        assertThat(table.buckets()).isEqualTo(HashTable.BUCKETS_PER_ITEM * 3000);
        assertThat(table.find(hash(3000), key, 8)).isEqualTo(ItemLayout.NO_ITEM);
        assertThat(table.findOptimistically(hash(3000), key, 8)).isEqualTo(ItemLayout.NO_ITEM);
    }

    private void assertAllFound(List<Integer> handles) {
        for (int id = 0; id < handles.size(); id++) {
            long hash = hash(id);
            assertThat(table.find(hash, key, 8)).isEqualTo(handles.get(id));
            assertThat(table.findOptimistically(hash, key, 8)).isEqualTo(handles.get(id));
        }
    }

    @Test
    void grow_largestTable_stops() {
        assertThat(table.grow(Long.MAX_VALUE, BUCKETS_MAX * 2)).isFalse();
        assertThat(table.buckets()).isEqualTo(BUCKETS_MAX);
    }

    @Test
    void remove_anywhereInAChain_leavesTheOthers() {
        List<Integer> handles = new ArrayList<>();
        for (int id = 0; id < 600; id++) {
            handles.add(item(id));
            table.insert(hash(id), handles.get(id));
        }
        for (int id = 0; id < 600; id += 3) {
            table.remove(hash(id), handles.get(id));
        }

        for (int id = 0; id < 600; id++) {
            int expected = id % 3 == 0 ? ItemLayout.NO_ITEM : handles.get(id);
            assertThat(table.find(hash(id), key, 8)).isEqualTo(expected);
        }
    }

    @Test
    void replace_item_findsTheCopy() {
        int handle = item(1);
        table.insert(hash(1), handle);
        int copy = item(1);
        Item.setHashNext(region.address(copy), Item.hashNext(region.address(handle)));
        table.replace(hash(1), handle, copy);

        assertThat(table.find(hash(1), key, 8)).isEqualTo(copy);
    }

    @Test
    void findOptimistically_chainThatLoops_ends() {
        int handle = item(1);
        table.insert(hash(1), handle);
        Item.setHashNext(region.address(handle), handle);
        SlabMemory.putLong(key, 2);

        assertThat(table.findOptimistically(hash(1), key, 7)).isEqualTo(HashTable.OVERTAKEN);
    }

    @Test
    void findOptimistically_handleOutsideTheRegion_isNotFollowed() {
        int handle = item(1);
        table.insert(hash(1), handle);
        Item.setHashNext(region.address(handle), -1);

        assertThat(table.findOptimistically(hash(1), key, 7)).isEqualTo(HashTable.OVERTAKEN);
    }
}
