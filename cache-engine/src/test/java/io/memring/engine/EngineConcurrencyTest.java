package io.memring.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.memring.engine.command.Command;
import io.memring.engine.command.Operation;
import io.memring.engine.command.StoreOutcome;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.IntFunction;

/**
 * Several workers on their own threads over one engine. Runs are bounded by their number of
 * commands; the timeout only ends a run in which a command was lost.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class EngineConcurrencyTest {

    private static final int WORKERS = 4;
    private static final int COMMANDS = Integer.getInteger("memring.concurrency.commands", 20_000);
    private static final long SEED = Long.getLong("memring.concurrency.seed", System.nanoTime());
    private static final int MAINTAIN_SLICES_MAX = 100_000;

    @Test
    void mixedCommands_manyStripesAndEviction_everyValueReadIsWholeAndFresh() throws Exception {
        TestConfig config = config(8, 8);
        runMixed(config, 4000, new MixedLane.Habits(COMMANDS, 30_000, 30, true), 4);
    }

    @Test
    void mixedCommands_oneStripeForAllWorkers_everyValueReadIsWholeAndFresh() throws Exception {
        TestConfig config = config(1, 8);
        runMixed(config, 64, new MixedLane.Habits(COMMANDS, 2000, 50, false), 4);
    }

    @Test
    void mixedCommands_chainedValuesOnOneStripe_everyValueReadIsWholeAndFresh() throws Exception {
        TestConfig config = config(1, 16);
        int commands = COMMANDS / 4;
        runMixed(config, 512, new MixedLane.Habits(commands, 300_000, 40, true), 2);
    }

    @Test
    void mixedCommands_farMoreLanesThanRingSlots_everyValueReadIsWholeAndFresh() throws Exception {
        TestConfig config = config(1, 16);
        int lanes = 700;
        int commands = Math.max(40, COMMANDS / 100);
        runMixed(config, lanes * WORKERS, new MixedLane.Habits(commands, 1000, 70, false), lanes);
    }

    @Test
    void increments_sharedCounters_noneIsLost() throws Exception {
        AtomicLongArray sums = new AtomicLongArray(3);
        try (CacheEngine engine = open(config(1, 8))) {
            run(
                    engine,
                    4,
                    i -> new CounterLane(engine.worker(i % WORKERS), COMMANDS, sums, SEED + i));
            for (int counter = 0; counter < sums.length(); counter++) {
                assertThat(number(engine, counter)).isEqualTo(sums.get(counter));
            }
        }
    }

    @Test
    void compareAndSwap_sharedNumber_eachSuccessCountsOnce() throws Exception {
        AtomicLong successes = new AtomicLong();
        try (CacheEngine engine = open(config(2, 8))) {
            store(engine, 0, "0");
            run(
                    engine,
                    2,
                    i ->
                            new CasLane(
                                    engine.worker(i % WORKERS), COMMANDS / 2, successes, SEED + i));
            assertThat(number(engine, 0)).isEqualTo(successes.get()).isPositive();
        }
    }

    @Test
    void addAndDelete_asLock_hasOneHolderAtATime() throws Exception {
        AtomicInteger holders = new AtomicInteger();
        AtomicInteger acquisitions = new AtomicInteger();
        try (CacheEngine engine = open(config(1, 8))) {
            run(
                    engine,
                    2,
                    i ->
                            new MutexLane(
                                    engine.worker(i % WORKERS), COMMANDS, holders, acquisitions));
            assertThat(holders).hasValue(0);
            assertThat(acquisitions.get()).isPositive();
        }
    }

    @Test
    void newKeys_whileTablesGrow_noneIsLost() throws Exception {
        int lanesPerWorker = 2;
        int lanes = lanesPerWorker * WORKERS;
        try (CacheEngine engine = open(config(2, 256))) {
            int hashPower = engine.figures().hashPowerLevel();
            List<List<GrowthLane>> crew =
                    run(
                            engine,
                            lanesPerWorker,
                            i ->
                                    new GrowthLane(
                                            engine.worker(i % WORKERS), COMMANDS * 2, i, lanes));
            long stored = crew.stream().flatMap(List::stream).mapToLong(GrowthLane::stored).sum();
            assertThat(engine.figures().currItems()).isEqualTo(stored);
            assertThat(engine.figures().hashPowerLevel()).isGreaterThanOrEqualTo(hashPower);
            assertThat(engine.total(Stat.EVICTIONS)).isZero();
        }
    }

    private static TestConfig config(int stripes, int megabytes) {
        return TestConfig.of(megabytes).workers(WORKERS).stripes(stripes);
    }

    private static CacheEngine open(TestConfig config) {
        return CacheEngine.open(config.build(), new ManualClock());
    }

    private static void runMixed(
            TestConfig config, int keys, MixedLane.Habits habits, int lanesPerWorker)
            throws InterruptedException {
        VersionBoard board = new VersionBoard(keys);
        int lanes = lanesPerWorker * WORKERS;
        try (CacheEngine engine = open(config)) {
            List<List<MixedLane>> crew =
                    run(
                            engine,
                            lanesPerWorker,
                            i -> {
                                MixedLane.Place place = new MixedLane.Place(i, lanes, SEED);
                                return new MixedLane(engine, i % WORKERS, board, habits, place);
                            });
            long hits = crew.stream().flatMap(List::stream).mapToLong(lane -> lane.hits).sum();
            assertThat(hits).as("hits").isPositive();
        }
    }

    /**
     * Runs lanes, given by number and dealt out to the workers in turn; then checks what they left
     * behind.
     */
    private static <L extends Lane> List<List<L>> run(
            CacheEngine engine, int lanesPerWorker, IntFunction<L> lane)
            throws InterruptedException {
        List<List<L>> crew = new ArrayList<>();
        for (int worker = 0; worker < WORKERS; worker++) {
            List<L> lanes = new ArrayList<>();
            for (int i = 0; i < lanesPerWorker; i++) {
                lanes.add(lane.apply(i * WORKERS + worker));
            }
            crew.add(lanes);
        }
        try {
            LaneCrew.run(engine, crew);
            checkQuietEngine(engine);
        } catch (AssertionError e) {
            throw new AssertionError("seed " + SEED + ": " + e.getMessage(), e);
        }
        System.out.printf(
                "%s, seed %d: %d hand-offs, %d read retries, %d evictions, %d pages moved%n",
                crew.getFirst().getFirst().getClass().getSimpleName()
                        + " x "
                        + lanesPerWorker * WORKERS,
                SEED,
                engine.total(Stat.HAND_OFFS),
                engine.total(Stat.READ_RETRIES),
                engine.total(Stat.EVICTIONS),
                engine.total(Stat.SLABS_MOVED));
        return crew;
    }

    private static void checkQuietEngine(CacheEngine engine) {
        engine.checkInvariants();
        assertThat(engine.figures().openUploads()).isZero();
        for (int i = 0; i < WORKERS; i++) {
            int slices = 0;
            while (engine.worker(i).maintain() && slices < MAINTAIN_SLICES_MAX) {
                slices++;
            }
            assertThat(slices).as("background work ends").isLessThan(MAINTAIN_SLICES_MAX);
        }
        engine.checkInvariants();
    }

    private static void store(CacheEngine engine, int key, String value) {
        Command command = new Command();
        command.reset(Operation.STORE);
        try (Scratch keyBytes = new Scratch(16);
                Scratch valueBytes = new Scratch(16)) {
            setKey(command, keyBytes, key);
            command.valueAddress = valueBytes.put(value);
            command.valueLength = value.length();
            assertThat(engine.worker(0).execute(command)).isTrue();
        }
        assertThat(command.storeOutcome).isEqualTo(StoreOutcome.STORED);
    }

    private static long number(CacheEngine engine, int key) {
        Command command = new Command();
        command.reset(Operation.DELTA);
        try (Scratch keyBytes = new Scratch(16)) {
            setKey(command, keyBytes, key);
            command.delta = 0;
            assertThat(engine.worker(0).execute(command)).isTrue();
        }
        return command.number;
    }

    private static void setKey(Command command, Scratch keyBytes, int key) {
        String name = Lane.keyOf(key);
        command.keyAddress = keyBytes.put(name);
        command.keyLength = name.length();
        command.hash = EngineWorker.hash(command.keyAddress, command.keyLength);
    }
}
