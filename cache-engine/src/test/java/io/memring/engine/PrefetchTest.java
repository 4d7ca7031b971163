package io.memring.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.memring.engine.command.Operation;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.Random;

/** A hint must be harmless; whether it helps is a matter of measurement. */
final class PrefetchTest {
    private final InlineCache cache = InlineCache.small();

    @AfterEach
    void close() {
        cache.close();
    }

    @Test
    void prefetch_anyHashes_changesNothing() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        long[] hashes = new long[EngineWorker.PREFETCH_MAX];
        for (int round = 0; round < 500; round++) {
            cache.set("key" + round, "value" + round);
            for (int i = 0; i < hashes.length; i++) {
                String key = "key" + random.nextInt(1000);
                hashes[i] = cache.prepare(Operation.FETCH, key).hash;
            }
            cache.worker.prefetch(hashes, 1 + random.nextInt(hashes.length));
        }
        for (int round = 0; round < 500; round++) {
            assertThat(cache.get("key" + round)).as("seed %d", seed).isEqualTo("value" + round);
        }
        cache.engine.checkInvariants();
        assertThat(cache.total(Stat.CMD_GET)).isEqualTo(500);
    }

    @Test
    void prefetch_emptyCache_findsNothing() {
        long[] hashes = {1, -1, Long.MIN_VALUE};
        cache.worker.prefetch(hashes, hashes.length);
        cache.engine.checkInvariants();
    }
}
