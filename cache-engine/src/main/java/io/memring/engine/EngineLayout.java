package io.memring.engine;

/** Chooses what a configuration leaves open, and refuses what cannot work. */
final class EngineLayout {

    static final int PAGE_SIZE_MIN = 64 << 10;
    static final int PAGE_SIZE_MAX = 1 << 20;

    /** A memory limit is cut into about this many pages. */
    private static final int PAGES_WANTED = 1024;

    /**
     * A stripe should have at least this many pages, so that it can hold the slab classes in use.
     */
    private static final int PAGES_PER_STRIPE_MIN = 64;

    private static final int STRIPES_PER_WORKER = 2;
    private static final int STRIPES_MAX = 1 << 12;

    /** The head of a chain of chunks must hold a key and a good part of the value. */
    private static final int CHUNK_MAX_MIN = 1 << 10;

    private static final int ALIGNMENT = 8;

    private EngineLayout() {}

    static EngineConfig resolve(EngineConfig config) {
        require(config.memoryLimit() > 0, "memoryLimit", config.memoryLimit());
        require(config.workers() > 0, "workers", config.workers());
        require(config.itemSizeMax() >= CHUNK_MAX_MIN, "itemSizeMax", config.itemSizeMax());
        require(
                config.growthFactor() == 0 || config.growthFactor() > 1,
                "growthFactor",
                config.growthFactor());
        require(config.chunkSizeMin() > 0, "chunkSizeMin", config.chunkSizeMin());
        int pageSize = config.pageSize() == 0 ? pageSize(config) : config.pageSize();
        require(
                isPowerOfTwo(pageSize) && pageSize >= PAGE_SIZE_MIN && pageSize <= PAGE_SIZE_MAX,
                "pageSize",
                pageSize);
        int stripes = config.stripes() == 0 ? stripes(config, pageSize) : config.stripes();
        require(isPowerOfTwo(stripes) && stripes <= STRIPES_MAX, "stripes", stripes);
        int chunkMax = config.slabChunkMax() == 0 ? pageSize / 2 : config.slabChunkMax();
        require(chunkMax >= CHUNK_MAX_MIN, "slabChunkMax", chunkMax);
        return new EngineConfig(
                config.memoryLimit(),
                config.itemSizeMax(),
                config.workers(),
                stripes,
                pageSize,
                config.growthFactor(),
                config.chunkSizeMin(),
                Math.min(chunkMax, pageSize) & -ALIGNMENT,
                config.evictToFree(),
                config.casEnabled(),
                config.hotLruPercent(),
                config.warmLruPercent(),
                config.hotMaxFactor(),
                config.warmMaxFactor(),
                config.temporaryTtl(),
                config.lruMaintainer(),
                config.lruCrawler());
    }

    private static int pageSize(EngineConfig config) {
        long wanted = Long.highestOneBit(Math.max(1, config.memoryLimit() / PAGES_WANTED));
        return Math.clamp(wanted, PAGE_SIZE_MIN, PAGE_SIZE_MAX);
    }

    private static int stripes(EngineConfig config, int pageSize) {
        long wanted = Integer.highestOneBit(config.workers() * STRIPES_PER_WORKER * 2 - 1);
        long pages = config.memoryLimit() / pageSize;
        long possible = Long.highestOneBit(Math.max(1, pages / PAGES_PER_STRIPE_MIN));
        return (int) Math.min(STRIPES_MAX, Math.min(wanted, possible));
    }

    private static boolean isPowerOfTwo(int n) {
        return Integer.bitCount(n) == 1 && n > 0;
    }

    private static void require(boolean holds, String name, Number value) {
        if (!holds) {
            throw new IllegalArgumentException("The engine cannot work with " + name + "=" + value);
        }
    }
}
