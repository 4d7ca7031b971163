package io.memring.engine;

import io.memring.engine.command.Command;
import io.memring.engine.command.FetchOutcome;
import io.memring.engine.command.Operation;
import io.memring.engine.command.StoreMode;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A small engine of two workers and one stripe, owned by worker 0, with worker 1 as the one who
 * hands off.
 */
final class StressEngine {

    private static final MemorySegment KEY = Arena.global().allocateFrom("key");
    private static final int KEY_LENGTH = 3;
    private static final MemorySegment VALUE = Arena.global().allocateFrom("v");

    final CacheEngine engine = CacheEngine.open(config(), new CoarseClock());
    final EngineWorker owner = engine.worker(0);
    final EngineWorker other = engine.worker(1);
    final AtomicInteger completions = new AtomicInteger();
    private final AtomicBoolean ownerWoken = new AtomicBoolean();
    private final AtomicBoolean otherWoken = new AtomicBoolean();

    StressEngine() {
        owner.attach(() -> ownerWoken.set(true), _ -> completions.addAndGet(100));
        other.attach(() -> otherWoken.set(true), _ -> completions.incrementAndGet());
    }

    private static EngineConfig config() {
        EngineConfig defaults = EngineConfig.defaults();
        return new EngineConfig(
                1 << 20,
                defaults.itemSizeMax(),
                2,
                1,
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
                defaults.lruCrawler());
    }

    /** A command on the one key; a store would store the letter v. */
    static Command command(Operation operation) {
        Command command = new Command();
        command.reset(operation);
        command.keyAddress = KEY.address();
        command.keyLength = KEY_LENGTH;
        command.hash = EngineWorker.hash(KEY.address(), KEY_LENGTH);
        command.valueAddress = VALUE.address();
        command.valueLength = 1;
        return command;
    }

    static Command append() {
        Command command = command(Operation.STORE);
        command.storeMode = StoreMode.APPEND;
        return command;
    }

    /** Somebody holds the stripe, until {@link #release}. */
    void hold() {
        if (!engine.stripe(0).sequence.tryAcquire()) {
            throw new AssertionError("The stripe of a new engine is held");
        }
    }

    void release() {
        engine.stripe(0).sequence.release();
    }

    /** What an event loop does for a worker: drain when woken, not otherwise. */
    void drainOwnerIfWoken() {
        drainIfWoken(owner, ownerWoken);
    }

    /** Everything that wake-ups still ask for. */
    void settle() {
        while (drainIfWoken(owner, ownerWoken) || drainIfWoken(other, otherWoken)) {
            Thread.onSpinWait();
        }
    }

    private static boolean drainIfWoken(EngineWorker worker, AtomicBoolean isWoken) {
        if (!isWoken.getAndSet(false)) {
            return false;
        }
        if (worker.drain()) {
            isWoken.set(true);
        }
        return true;
    }

    boolean hasKey() {
        Command fetch = command(Operation.FETCH);
        owner.execute(fetch);
        boolean isFound = fetch.fetchOutcome == FetchOutcome.HIT;
        if (isFound) {
            owner.finish(fetch);
        }
        return isFound;
    }
}
