package io.memring.engine;

import io.memring.engine.command.Command;
import io.memring.engine.command.Operation;
import io.memring.engine.command.Upload;
import io.memring.engine.item.HashTable;
import io.memring.slab.MemoryRegion;
import io.memring.slab.PagePool;
import io.memring.slab.SlabClassTable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** The whole cache: its memory, its stripes and the workers that own them. */
public final class CacheEngine implements AutoCloseable {

    /** An item is dead when it is older than the flush epoch, of which it knows eight bits. */
    private static final int EPOCHS_MAX = 250;

    /** Every item takes at least this much, which bounds the number of buckets that make sense. */
    private static final int ITEM_SIZE_MIN = 48;

    private static final int BUCKETS_MIN = 1 << 10;
    private static final int BUCKETS_MAX = 1 << 30;

    private static final int SYSTEM_PAGE = 4096;

    private final EngineState state;
    private final MemoryRegion control;
    private final Stripe[] stripes;
    private final StripeUpkeep[] upkeeps;
    private final EngineWorker[] workers;
    private final ClassCensus census;

    /** What is done for all workers counts here; guarded by this. */
    private final Counters counters = new Counters();

    /** Moves a hash's high bits down to a stripe index, after one shift by 1. */
    private final int stripeShift;

    /** What the counters showed when they were last reset. */
    private final long[] baseline = new long[Stat.values().length];

    private volatile int oldestLiveSeconds;

    private CacheEngine(EngineState state) {
        this.state = state;
        int count = state.config.stripes();
        this.stripeShift = Long.SIZE - 1 - Integer.numberOfTrailingZeros(count);
        this.stripes = new Stripe[count];
        this.census = new ClassCensus(state, stripes);
        this.upkeeps = new StripeUpkeep[count];
        this.workers = new EngineWorker[state.config.workers()];
        this.control = buildStripes();
        buildWorkers();
    }

    /** Reserves the memory and builds the stripes. */
    public static CacheEngine open(EngineConfig config, EngineClock clock) {
        return open(config, clock, () -> true);
    }

    /**
     * As {@link #open(EngineConfig, EngineClock)}; {@code pageSupply} is asked for every page and
     * may refuse.
     */
    static CacheEngine open(EngineConfig config, EngineClock clock, BooleanSupplier pageSupply) {
        EngineConfig resolved = EngineLayout.resolve(config);
        PagePool pool = PagePool.open(resolved.memoryLimit(), resolved.pageSize(), pageSupply);
        return new CacheEngine(
                new EngineState(resolved, clock, pool, classes(resolved, pool.handleShift())));
    }

    private static SlabClassTable classes(EngineConfig config, int handleShift) {
        int alignment = 1 << handleShift;
        int chunkMax = config.slabChunkMax() & -alignment;
        return config.growthFactor() == 0
                ? SlabClassTable.fine(config.pageSize(), chunkMax, alignment)
                : SlabClassTable.memcached(
                        config.pageSize(),
                        chunkMax,
                        alignment,
                        config.growthFactor(),
                        config.chunkSizeMin());
    }

    /**
     * Sequence words first, then the tables, each with address space for the largest it can become.
     */
    private MemoryRegion buildStripes() {
        int bucketsMax = bucketsMax();
        long tableBytes = roundUp(HashTable.reservedBytes(bucketsMax));
        long tablesOffset = roundUp((long) stripes.length * StripeSequence.BYTES);
        MemoryRegion region = MemoryRegion.reserve(tablesOffset + tableBytes * stripes.length);
        for (int i = 0; i < stripes.length; i++) {
            long sequence = region.address() + (long) i * StripeSequence.BYTES;
            long table = region.address() + tablesOffset + i * tableBytes;
            stripes[i] =
                    new Stripe(
                            i,
                            state,
                            new StripeSequence(sequence),
                            new HashTable(state.region, table, bucketsMax));
            upkeeps[i] = new StripeUpkeep(stripes[i]);
        }
        for (Stripe stripe : stripes) {
            stripe.chunks.connect(stripes);
        }
        return region;
    }

    private int bucketsMax() {
        long items = state.pool.regionSize() / ITEM_SIZE_MIN / stripes.length;
        long wanted = HashTable.BUCKETS_PER_ITEM * items;
        long buckets = Math.clamp(wanted, BUCKETS_MIN, BUCKETS_MAX);
        return (int) Long.highestOneBit(2 * buckets - 1);
    }

    private static long roundUp(long bytes) {
        return (bytes + SYSTEM_PAGE - 1) & -SYSTEM_PAGE;
    }

    private void buildWorkers() {
        for (int i = 0; i < workers.length; i++) {
            List<StripeUpkeep> owned = new ArrayList<>();
            for (int j = i; j < stripes.length; j += workers.length) {
                owned.add(upkeeps[j]);
            }
            workers[i] = new EngineWorker(this, state, i, owned.toArray(StripeUpkeep[]::new));
        }
    }

    /** The configuration in use, with everything that was left to choose chosen. */
    public EngineConfig config() {
        return state.config;
    }

    /** Worker 0 to {@code workers - 1}. */
    public EngineWorker worker(int index) {
        return workers[index];
    }

    public int stripeCount() {
        return stripes.length;
    }

    Stripe stripe(int index) {
        return stripes[index];
    }

    Stripe stripeOf(long hash) {
        return stripes[(int) (hash >>> 1 >>> stripeShift)];
    }

    Stripe stripeOf(Command command) {
        Upload upload = command.upload;
        return command.operation == Operation.ABORT && upload != null
                ? stripe(upload.stripeIndex)
                : stripeOf(command.hash);
    }

    EngineWorker ownerOf(Stripe stripe) {
        return workers[stripe.index % workers.length];
    }

    /**
     * Every item linked before this call is dead after it, and no other. Any thread that holds no
     * stripe.
     */
    public synchronized void flushAll() {
        oldestLiveSeconds = state.clock.nowSeconds() - 1;
        flush();
    }

    private void flush() {
        state.setFlushAt(EngineState.NO_FLUSH);
        for (StripeUpkeep upkeep : upkeeps) {
            if (state.flushEpoch() - upkeep.sweeper.sweptEpoch() >= EPOCHS_MAX) {
                sweepNow(upkeep);
            }
        }
        state.advanceFlushEpoch();
    }

    /**
     * Flushes outran the sweeps, so that epochs would be mistaken for each other: sweep before the
     * next one.
     */
    private void sweepNow(StripeUpkeep upkeep) {
        while (!upkeep.stripe.tryAcquire(counters)) {
            Thread.onSpinWait();
        }
        try {
            upkeep.sweeper.sweepAll();
        } finally {
            upkeep.stripe.release();
        }
    }

    /**
     * Flushes when the given time comes, as memcached does a second early; one flush may be
     * pending, a new one replaces it. Any thread that holds no stripe.
     */
    public synchronized void scheduleFlush(int exptime) {
        applyDueFlush();
        int at = state.clock.relative(exptime) - 1;
        if (exptime <= 0) {
            flushAll();
            return;
        }
        oldestLiveSeconds = at;
        if (at <= state.clock.nowSeconds()) {
            flush();
        } else {
            state.setFlushAt(at);
        }
    }

    /**
     * In memcached's words: up to which second the last flush, or the next, takes items; 0: none.
     */
    public int oldestLiveSeconds() {
        return oldestLiveSeconds;
    }

    synchronized void applyDueFlush() {
        if (state.isFlushDue(state.clock.nowSeconds())) {
            flush();
        }
    }

    /**
     * Changes the memory limit; false when the address space reserved at start is too small. Any
     * thread.
     */
    public boolean setMemoryLimit(long bytes) {
        return state.pool.setLimit(bytes);
    }

    /** Sum of a counter over all workers, since the last reset. */
    public synchronized long total(Stat stat) {
        return sum(stat) - baseline[stat.ordinal()];
    }

    /** Sets all counters to zero. */
    public synchronized void resetStats() {
        for (Stat stat : Stat.values()) {
            baseline[stat.ordinal()] = sum(stat);
        }
        census.reset();
    }

    /** The slab classes that have pages. Any thread. */
    public List<ClassFigures> classFigures() {
        return census.take();
    }

    private long sum(Stat stat) {
        long sum = counters.value(stat);
        for (EngineWorker worker : workers) {
            sum += worker.counters.value(stat);
        }
        return sum;
    }

    public EngineFigures figures() {
        long bytes = 0;
        long items = 0;
        long buckets = 0;
        boolean expanding = false;
        for (Stripe stripe : stripes) {
            bytes += stripe.itemBytes();
            items += stripe.itemCount();
            buckets += stripe.table.buckets();
            expanding |= stripe.table.needsGrowth(stripe.itemCount());
        }
        PagePool pool = state.pool;
        return new EngineFigures(
                bytes,
                items,
                Long.SIZE - 1 - Long.numberOfLeadingZeros(buckets),
                buckets * Integer.BYTES,
                expanding,
                pool.returnedCount(),
                pool.limitBytes(),
                (long) pool.takenCount() * pool.pageSize(),
                state.uploads(),
                state.uploadBytes());
    }

    /**
     * Throws an {@link AssertionError} where a stripe contradicts itself; nobody may use a worker
     * meanwhile.
     */
    public void checkInvariants() {
        int pages = 0;
        int uploads = 0;
        for (Stripe stripe : stripes) {
            new StripeCheck(stripe).run();
            pages += stripe.slabs.totalPages();
            uploads += stripe.reservedItems;
        }
        StripeCheck.require(pages == state.pool.takenCount(), "pages of all stripes", pages);
        StripeCheck.require(uploads == state.uploads(), "open uploads", uploads);
    }

    /** Gives all memory back; nobody may use a worker afterwards. */
    @Override
    public void close() {
        state.pool.close();
        control.close();
    }
}
