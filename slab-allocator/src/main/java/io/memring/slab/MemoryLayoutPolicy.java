package io.memring.slab;

/**
 * How much address space is reserved for a memory limit, and of which kind: the one place that
 * decides it.
 */
final class MemoryLayoutPolicy {

    /**
     * Memory limits at least this large ask the system for huge pages: random access misses less.
     */
    static final long HUGE_PAGES_FROM = 32L << 20;

    /** The largest region that 32-bit handles of 8-byte units reach. */
    private static final long SMALL_HANDLES_MAX = 32L << 30;

    /**
     * Pages that are never given out: the first, so that offset 0 can mean "nothing", and the last,
     * so that a reader may look a little past the end of any chunk.
     */
    static final int SPARE_PAGES = 2;

    private MemoryLayoutPolicy() {}

    /**
     * A region for pages that hold {@code limitBytes}, with room to raise the limit where address
     * space is free.
     */
    static MemoryRegion reservePages(long limitBytes, int pageSize) {
        boolean hugePages = limitBytes >= HUGE_PAGES_FROM;
        try {
            return MemoryRegion.reserve(regionSize(limitBytes, pageSize), hugePages);
        } catch (OutOfMemoryError _) {
            // The system counts address space strictly: take only what the limit needs.
            return MemoryRegion.reserve(sizeOf(limitBytes, pageSize), hugePages);
        }
    }

    static long regionSize(long limitBytes, int pageSize) {
        long wanted = limitBytes;
        if (NativeMemory.isLazy() && limitBytes <= SMALL_HANDLES_MAX) {
            long roomy = Math.max(PagePool.HEADROOM_MIN, limitBytes * PagePool.HEADROOM_FACTOR);
            wanted =
                    Math.max(
                            limitBytes,
                            Math.min(roomy, SMALL_HANDLES_MAX - (long) SPARE_PAGES * pageSize));
        }
        return sizeOf(wanted, pageSize);
    }

    /** Whole pages, at least one, and the spare ones. */
    private static long sizeOf(long limitBytes, int pageSize) {
        return Math.max(1, limitBytes / pageSize) * pageSize + (long) SPARE_PAGES * pageSize;
    }
}
