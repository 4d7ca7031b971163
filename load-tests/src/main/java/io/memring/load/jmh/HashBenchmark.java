package io.memring.load.jmh;

import io.memring.engine.EngineWorker;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** The hash by which a node finds a key. */
@State(Scope.Thread)
public class HashBenchmark extends TimePerOperation {

    @Param({"12", "40", "250"})
    public int keyLength;

    private MemorySegment key = MemorySegment.NULL;

    @Setup
    public void write() {
        key = Arena.ofAuto().allocate(keyLength).fill((byte) 'k');
    }

    @Benchmark
    public long hash() {
        return EngineWorker.hash(key.address(), keyLength);
    }
}
