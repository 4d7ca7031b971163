package io.memring.load.jmh;

import io.memring.engine.CacheEngine;
import io.memring.engine.EngineWorker;
import io.memring.engine.command.Command;
import io.memring.engine.command.DeleteOutcome;
import io.memring.engine.command.DeltaOutcome;
import io.memring.engine.command.FetchOutcome;
import io.memring.engine.command.Operation;
import io.memring.engine.command.StoreOutcome;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** One command on one worker: keys of 12 bytes, values of 100. */
@State(Scope.Thread)
public class EngineBenchmark extends TimePerOperation {

    private static final int KEYS = 1 << 16;
    private static final long MEMORY_LIMIT = 64L << 20;

    /** So many keys do not fit into the memory limit: every store evicts. */
    private static final int KEYS_TO_EVICT = 1 << 20;

    @Param({"1", "8"})
    public int stripes;

    private final Command command = new Command();
    private final NativeKeys keys = new NativeKeys(KEYS, 0);
    private final NativeKeys missing = new NativeKeys(KEYS, KEYS);
    private final NativeKeys numbers = new NativeKeys(1 << 10, 2 * KEYS);
    private final NativeKeys evicting = new NativeKeys(KEYS_TO_EVICT, 3 * KEYS);
    private final MemorySegment value = BenchmarkEngine.value('v');
    private final MemorySegment reply = Arena.ofAuto().allocate(BenchmarkEngine.VALUE_LENGTH);
    private CacheEngine engine;
    private EngineWorker worker;

    @Setup
    public void fill() {
        engine = BenchmarkEngine.open(1, stripes, MEMORY_LIMIT);
        worker = engine.worker(0);
        BenchmarkEngine.fill(worker, keys, value);
        BenchmarkEngine.fill(worker, numbers, Arena.ofAuto().allocate(10).fill((byte) '1'));
    }

    @TearDown
    public void close() {
        engine.close();
    }

    @Benchmark
    public FetchOutcome getHit() {
        prepare(Operation.FETCH, keys);
        command.wantsValue = true;
        worker.execute(command);
        if (!worker.copyValue(command, reply.address()) || !worker.finish(command)) {
            throw new IllegalStateException("Overtaken without anybody else");
        }
        return command.fetchOutcome;
    }

    /** A hit whose value nobody wants: the hash table, the item's header and the access bits. */
    @Benchmark
    public FetchOutcome findHit() {
        prepare(Operation.FETCH, keys);
        worker.execute(command);
        worker.finish(command);
        return command.fetchOutcome;
    }

    @Benchmark
    public FetchOutcome getMiss() {
        prepare(Operation.FETCH, missing);
        worker.execute(command);
        return command.fetchOutcome;
    }

    @Benchmark
    public StoreOutcome setOverwrite() {
        return store(keys);
    }

    @Benchmark
    public StoreOutcome setNewEvicting() {
        return store(evicting);
    }

    /** A delete and the store that makes it possible. */
    @Benchmark
    public DeleteOutcome setAndDelete() {
        store(keys);
        command.operation = Operation.DELETE;
        worker.execute(command);
        return command.deleteOutcome;
    }

    @Benchmark
    public DeleteOutcome deleteMiss() {
        prepare(Operation.DELETE, missing);
        worker.execute(command);
        return command.deleteOutcome;
    }

    @Benchmark
    public DeltaOutcome increment() {
        prepare(Operation.DELTA, numbers);
        command.delta = 1;
        worker.execute(command);
        return command.deltaOutcome;
    }

    private StoreOutcome store(NativeKeys from) {
        prepare(Operation.STORE, from);
        command.valueAddress = value.address();
        command.valueLength = BenchmarkEngine.VALUE_LENGTH;
        worker.execute(command);
        return command.storeOutcome;
    }

    private void prepare(Operation operation, NativeKeys from) {
        command.reset(operation);
        BenchmarkEngine.setKey(command, from, from.next());
    }
}
