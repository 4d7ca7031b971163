package io.memring.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.memring.engine.command.Command;
import io.memring.engine.command.FetchOutcome;
import io.memring.engine.command.Operation;
import io.memring.engine.command.StoreOutcome;
import io.memring.engine.command.Upload;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Several workers on the same few stripes; every value proves by itself that it is whole and of its
 * key.
 */
class ConcurrentWorkersTest {

    private static final int WORKERS = 3;
    private static final int KEYS = 300;
    private static final int STEPS = 20_000;

    @ParameterizedTest
    @CsvSource({"1, 400", "2, 100000", "16, 2000"})
    void execute_onSharedStripes_neverShowsTornOrForeignValues(int megabytes, int valueMax)
            throws Exception {
        EngineConfig config = TestConfig.of(megabytes).workers(WORKERS).stripes(2).build();
        ManualClock clock = new ManualClock();
        long seed = System.nanoTime();
        System.out.println("seed=" + seed);
        try (CacheEngine engine = CacheEngine.open(config, clock);
                ExecutorService threads = Executors.newFixedThreadPool(WORKERS)) {
            AtomicInteger running = new AtomicInteger(WORKERS);
            List<Future<?>> done = new ArrayList<>();
            for (int i = 0; i < WORKERS; i++) {
                Loop loop = new Loop(engine, i, new Random(seed + i), valueMax, running);
                done.add(threads.submit(loop::run));
            }
            for (Future<?> future : done) {
                await(future);
            }
            System.out.println(
                    "handOffs="
                            + engine.total(Stat.HAND_OFFS)
                            + " retries="
                            + engine.total(Stat.READ_RETRIES)
                            + " evictions="
                            + engine.total(Stat.EVICTIONS));
            engine.checkInvariants();
            assertThat(engine.figures().openUploads()).isZero();
        }
    }

    private static void await(Future<?> future) throws InterruptedException {
        try {
            future.get();
        } catch (ExecutionException failure) {
            throw new AssertionError("A worker failed", failure);
        }
    }

    /** One worker's event loop with one command under way at a time. */
    private static final class Loop {

        private final CacheEngine engine;
        private final EngineWorker worker;
        private final Random random;
        private final int valueMax;
        private final AtomicInteger running;
        private final Command command = new Command();
        private final Upload upload = new Upload();
        private final MemorySegment key;
        private final MemorySegment input;
        private final MemorySegment output;
        private boolean completed;

        Loop(CacheEngine engine, int index, Random random, int valueMax, AtomicInteger running) {
            this.engine = engine;
            this.worker = engine.worker(index);
            this.random = random;
            this.valueMax = valueMax;
            this.running = running;
            Arena arena = Arena.ofAuto();
            key = arena.allocate(16);
            input = arena.allocate(valueMax + 16L, 8);
            output = arena.allocate(valueMax + 16L, 8);
            worker.attach(() -> {}, _ -> completed = true);
        }

        void run() {
            for (int i = 0; i < STEPS; i++) {
                step();
                worker.drain();
                if (i % 16 == 0) {
                    worker.maintain();
                }
                if (i % 5000 == 0) {
                    engine.flushAll();
                }
            }
            running.decrementAndGet();
            while (running.get() > 0 || worker.drain()) {
                worker.drain();
            }
        }

        private void step() {
            int id = random.nextInt(KEYS);
            switch (random.nextInt(10)) {
                case 0, 1 -> store(id);
                case 2 -> upload(id);
                case 3 -> {
                    prepare(Operation.DELETE, id);
                    execute();
                }
                case 4 -> {
                    prepare(Operation.TOUCH, id);
                    command.touchExptime = 100;
                    execute();
                }
                case 5 -> fetch(id, true);
                default -> fetch(id, false);
            }
        }

        private void prepare(Operation operation, int id) {
            command.reset(operation);
            key.set(ValueLayout.JAVA_LONG, 0, id);
            command.keyAddress = key.address();
            command.keyLength = 8;
            command.hash = EngineWorker.hash(key.address(), 8);
        }

        private void execute() {
            completed = worker.execute(command);
            while (!completed) {
                worker.drain();
            }
        }

        /** A value is its key, a version and, to its end, bytes that follow from both. */
        private int makeValue(int id) {
            int length = 16 + random.nextInt(random.nextInt(valueMax) + 1);
            long version = random.nextLong();
            input.set(ValueLayout.JAVA_INT, 0, id);
            input.set(ValueLayout.JAVA_INT, 4, length);
            input.set(ValueLayout.JAVA_LONG, 8, version);
            for (int i = 16; i < length; i++) {
                input.set(ValueLayout.JAVA_BYTE, i, (byte) (version + i * 7L));
            }
            return Math.min(length, valueMax);
        }

        private void store(int id) {
            int length = makeValue(id);
            input.set(ValueLayout.JAVA_INT, 4, length);
            prepare(Operation.STORE, id);
            command.valueAddress = input.address();
            command.valueLength = length;
            command.exptime = 0;
            command.clientFlags = random.nextBoolean() ? 0 : id;
            execute();
        }

        private void upload(int id) {
            int length = makeValue(id);
            input.set(ValueLayout.JAVA_INT, 4, length);
            prepare(Operation.RESERVE, id);
            command.valueLength = length;
            command.exptime = 0;
            command.clientFlags = 0;
            command.upload = upload;
            execute();
            if (command.storeOutcome != StoreOutcome.STORED) {
                return;
            }
            for (int i = 0; i < length; i += 3000) {
                worker.write(upload, input.address() + i, Math.min(3000, length - i));
                worker.drain();
            }
            if (random.nextInt(4) == 0) {
                worker.abort(upload);
                return;
            }
            command.operation = Operation.COMMIT;
            execute();
        }

        private void fetch(int id, boolean touch) {
            boolean again = true;
            prepare(Operation.FETCH, id);
            command.wantsValue = true;
            command.hasTouch = touch;
            command.touchExptime = 50;
            while (again) {
                execute();
                again =
                        command.fetchOutcome != FetchOutcome.MISS
                                && !(worker.copyValue(command, output.address())
                                        && worker.finish(command));
            }
            if (command.fetchOutcome != FetchOutcome.MISS) {
                check(id, command.itemValueLength);
            }
        }

        private void check(int id, int length) {
            assertThat(output.get(ValueLayout.JAVA_INT, 0)).isEqualTo(id);
            assertThat(output.get(ValueLayout.JAVA_INT, 4)).isEqualTo(length);
            long version = output.get(ValueLayout.JAVA_LONG, 8);
            for (int i = 16; i < length; i++) {
                if (output.get(ValueLayout.JAVA_BYTE, i) != (byte) (version + i * 7L)) {
                    throw new AssertionError("Torn value of key " + id + " at " + i);
                }
            }
        }
    }
}
