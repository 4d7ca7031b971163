package io.memring.load.jmh;

import io.memring.engine.CacheEngine;
import io.memring.engine.EngineWorker;
import io.memring.engine.command.Command;
import io.memring.engine.command.FetchOutcome;
import io.memring.engine.command.Operation;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Two workers on the same stripes, a tenth of the commands stores: borrowing, optimistic reads,
 * hand-offs.
 */
@Threads(ContentionBenchmark.WORKERS)
public class ContentionBenchmark extends TimePerOperation {

    static final int WORKERS = 2;
    private static final int KEYS = 1 << 16;
    private static final int COMMANDS_PER_STORE = 10;

    /** The engine that both workers share. */
    @State(Scope.Benchmark)
    public static class SharedEngine {

        @Param({"1", "8"})
        public int stripes;

        private final AtomicInteger workers = new AtomicInteger();
        private CacheEngine engine;

        @Setup
        public void fill() {
            engine = BenchmarkEngine.open(WORKERS, stripes, 64L << 20);
            BenchmarkEngine.fill(
                    engine.worker(0), new NativeKeys(KEYS, 0), BenchmarkEngine.value('v'));
        }

        @TearDown
        public void close() {
            engine.close();
        }
    }

    /** One worker on its thread. */
    @State(Scope.Thread)
    public static class Seat {

        private final Command command = new Command();
        private final NativeKeys keys = new NativeKeys(KEYS, 0);
        private final MemorySegment value = BenchmarkEngine.value('w');
        private final MemorySegment reply = Arena.ofAuto().allocate(BenchmarkEngine.VALUE_LENGTH);
        private final AtomicBoolean isWoken = new AtomicBoolean();
        private EngineWorker worker;
        private boolean isCompleted;
        private int count;

        @Setup
        public void attach(SharedEngine shared) {
            worker = shared.engine.worker(shared.workers.getAndIncrement());
            worker.attach(() -> isWoken.set(true), done -> isCompleted = true);
        }

        /** Whoever waits serves others meanwhile; not whoever may hold what he has found. */
        private void execute() {
            serveOthers();
            isCompleted = worker.execute(command);
            while (!isCompleted) {
                serveOthers();
            }
        }

        private void serveOthers() {
            if (isWoken.get() && isWoken.getAndSet(false) && worker.drain()) {
                isWoken.set(true); // There is more.
            }
        }

        private void prepare(Operation operation) {
            command.reset(operation);
            BenchmarkEngine.setKey(command, keys, keys.next());
        }
    }

    @Benchmark
    public Command mixedCommands(Seat seat) {
        seat.count++;
        if (seat.count % COMMANDS_PER_STORE == 0) {
            seat.prepare(Operation.STORE);
            seat.command.valueAddress = seat.value.address();
            seat.command.valueLength = BenchmarkEngine.VALUE_LENGTH;
            seat.execute();
        } else {
            seat.prepare(Operation.FETCH);
            seat.command.wantsValue = true;
            do {
                seat.execute();
            } while (seat.command.fetchOutcome == FetchOutcome.HIT && !hasRead(seat));
        }
        return seat.command;
    }

    private static boolean hasRead(Seat seat) {
        return seat.worker.copyValue(seat.command, seat.reply.address())
                && seat.worker.finish(seat.command);
    }
}
