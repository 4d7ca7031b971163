package io.memring.load.jmh;

import io.memring.engine.CacheEngine;
import io.memring.engine.CoarseClock;
import io.memring.engine.EngineConfig;
import io.memring.engine.EngineWorker;
import io.memring.engine.command.Command;
import io.memring.engine.command.Operation;
import io.memring.engine.command.StoreOutcome;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** An engine for benchmarks, and values for it. */
final class BenchmarkEngine {

    static final int VALUE_LENGTH = 100;

    private BenchmarkEngine() {}

    static CacheEngine open(int workers, int stripes, long memoryLimit) {
        EngineConfig defaults = EngineConfig.defaults();
        return CacheEngine.open(
                new EngineConfig(
                        memoryLimit,
                        defaults.itemSizeMax(),
                        workers,
                        stripes,
                        defaults.pageSize(),
                        defaults.growthFactor(),
                        defaults.chunkSizeMin(),
                        defaults.slabChunkMax(),
                        defaults.evictToFree(),
                        defaults.casEnabled(),
                        defaults.hotLruPercent(),
                        defaults.warmLruPercent(),
                        defaults.hotMaxFactor(),
                        defaults.warmMaxFactor(),
                        defaults.temporaryTtl(),
                        defaults.lruMaintainer(),
                        defaults.lruCrawler()),
                new CoarseClock());
    }

    /** Native memory full of one character; it lives as long as the segment is reachable. */
    static MemorySegment value(char character) {
        return Arena.ofAuto().allocate(VALUE_LENGTH).fill((byte) character);
    }

    static void setKey(Command command, NativeKeys keys, int index) {
        command.keyAddress = keys.address(index);
        command.keyLength = NativeKeys.KEY_LENGTH;
        command.hash = keys.hash(index);
    }

    /** Stores a value under every key. */
    static void fill(EngineWorker worker, NativeKeys keys, MemorySegment value) {
        Command command = new Command();
        for (int i = 0; i < keys.count(); i++) {
            command.reset(Operation.STORE);
            setKey(command, keys, i);
            command.valueAddress = value.address();
            command.valueLength = (int) value.byteSize();
            if (!worker.execute(command) || command.storeOutcome != StoreOutcome.STORED) {
                throw new IllegalStateException("A store while filling: " + command.storeOutcome);
            }
        }
    }
}
