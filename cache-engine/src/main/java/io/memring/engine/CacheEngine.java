package io.memring.engine;

/** The whole cache: its memory, its stripes and the workers that own them. */
public final class CacheEngine implements AutoCloseable {

    private CacheEngine() {}

    /** Reserves the memory and builds the stripes. */
    public static CacheEngine open(EngineConfig config, EngineClock clock) {
        throw new UnsupportedOperationException();
    }

    /** The configuration in use, with everything that was left to choose chosen. */
    public EngineConfig config() {
        throw new UnsupportedOperationException();
    }

    /** Worker 0 to {@code workers - 1}. */
    public EngineWorker worker(int index) {
        throw new UnsupportedOperationException();
    }

    public int stripeCount() {
        throw new UnsupportedOperationException();
    }

    /** Every item linked before this call is dead after it, and no other. Any thread. */
    public void flushAll() {
        throw new UnsupportedOperationException();
    }

    /** Flushes when the given time comes; one flush may be pending, a new one replaces it. Any thread. */
    public void scheduleFlush(int exptime) {
        throw new UnsupportedOperationException();
    }

    /** Changes the memory limit; false when it cannot be done. Any thread. */
    public boolean setMemoryLimit(long bytes) {
        throw new UnsupportedOperationException();
    }

    /** Sum of a counter over all workers. */
    public long total(Stat stat) {
        throw new UnsupportedOperationException();
    }

    /** Sets all counters to zero. */
    public void resetStats() {
        throw new UnsupportedOperationException();
    }

    public EngineFigures figures() {
        throw new UnsupportedOperationException();
    }

    /** Throws an {@link AssertionError} where a stripe contradicts itself; nobody may use a worker meanwhile. */
    public void checkInvariants() {
        throw new UnsupportedOperationException();
    }

    /** Gives all memory back; nobody may use a worker afterwards. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
