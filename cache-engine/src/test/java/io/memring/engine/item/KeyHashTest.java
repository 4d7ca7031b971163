package io.memring.engine.item;

import static org.assertj.core.api.Assertions.assertThat;

import io.memring.slab.SlabMemory;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.HashSet;
import java.util.Set;

class KeyHashTest {

    private final long address = SlabMemory.allocate(1024);

    @AfterEach
    void free() {
        SlabMemory.free(address);
    }

    @Test
    void hash_everyLength_dependsOnEveryByteOfTheKeyAndNoOther() {
        SlabMemory.fill(address, 1024, (byte) 'a');
        for (int length = 1; length <= 250; length++) {
            long hash = KeyHash.hash(address, length);
            for (int i = 0; i < length; i++) {
                SlabMemory.putByte(address + i, (byte) 'b');
                assertThat(KeyHash.hash(address, length)).isNotEqualTo(hash);
                SlabMemory.putByte(address + i, (byte) 'a');
            }
            SlabMemory.putByte(address + length, (byte) 'b');
            assertThat(KeyHash.hash(address, length)).isEqualTo(hash);
            SlabMemory.putByte(address + length, (byte) 'a');
        }
    }

    @Test
    void hash_samePrefixOtherLength_differs() {
        SlabMemory.fill(address, 1024, (byte) 0);
        Set<Long> hashes = new HashSet<>();
        for (int length = 0; length <= 250; length++) {
            hashes.add(KeyHash.hash(address, length));
        }

        assertThat(hashes).hasSize(251);
    }

    @Test
    void hash_countedKeys_fillBucketsAndStripesEvenly() {
        int[] low = new int[64];
        int[] high = new int[64];
        int keys = 64_000;
        for (int i = 0; i < keys; i++) {
            SlabMemory.putLong(address, i);
            long hash = KeyHash.hash(address, 8);
            low[(int) hash & 63]++;
            high[(int) (hash >>> 58)]++;
        }

        for (int i = 0; i < 64; i++) {
            assertThat(low[i]).isBetween(800, 1200);
            assertThat(high[i]).isBetween(800, 1200);
        }
    }
}
