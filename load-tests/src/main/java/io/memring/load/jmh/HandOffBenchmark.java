package io.memring.load.jmh;

import io.memring.engine.CacheEngine;
import io.memring.engine.EngineWorker;
import io.memring.engine.command.Command;
import io.memring.engine.command.Operation;
import io.memring.engine.command.StoreOutcome;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

import java.lang.foreign.MemorySegment;

/**
 * A store that meets a held stripe: through the ring to its owner, run there, and back. Both
 * workers are on one thread, so that the time is that of the work alone; {@link
 * ContentionBenchmark} has them on two.
 */
@State(Scope.Thread)
public class HandOffBenchmark extends TimePerOperation {

    /** With so many a fetch takes the stripe, and keeps it until it is finished. */
    private static final int RETRIES_TO_HOLD = Integer.MAX_VALUE;

    private final NativeKeys keys = new NativeKeys(1, 0);
    private final MemorySegment value = BenchmarkEngine.value('v');
    private final Command fetch = new Command();
    private final Command store = new Command();
    private CacheEngine engine;
    private EngineWorker owner;
    private EngineWorker other;
    private boolean isBack;

    @Setup
    public void attach() {
        engine = BenchmarkEngine.open(2, 1, 64L << 20);
        owner = engine.worker(0);
        other = engine.worker(1);
        owner.attach(() -> {}, _ -> {});
        other.attach(() -> {}, _ -> isBack = true);
        BenchmarkEngine.fill(owner, keys, value);
    }

    @TearDown
    public void close() {
        engine.close();
    }

    @Benchmark
    public StoreOutcome handOffAndBack() {
        hold();
        isBack = false;
        prepareStore();
        boolean ranAtOnce = other.execute(store);
        owner.finish(fetch);
        owner.drain();
        other.drain();
        if (ranAtOnce || !isBack) {
            throw new IllegalStateException("Not handed off, or not back: back=" + isBack);
        }
        return store.storeOutcome;
    }

    /** The same without the ring, to be subtracted: the stripe is free again for the store. */
    @Benchmark
    public StoreOutcome inPlace() {
        hold();
        owner.finish(fetch);
        prepareStore();
        other.execute(store);
        return store.storeOutcome;
    }

    private void prepareStore() {
        store.reset(Operation.STORE);
        BenchmarkEngine.setKey(store, keys, 0);
        store.valueAddress = value.address();
        store.valueLength = BenchmarkEngine.VALUE_LENGTH;
    }

    private void hold() {
        fetch.reset(Operation.FETCH);
        BenchmarkEngine.setKey(fetch, keys, 0);
        fetch.fetchRetries = RETRIES_TO_HOLD;
        owner.execute(fetch);
    }
}
