package io.memring.engine;

/**
 * Everything the engine is told at start; defaults are memcached's.
 *
 * @param memoryLimit bytes of items, {@code -m}
 * @param itemSizeMax bytes of the largest item, header and key included, {@code -I}
 * @param workers number of workers, {@code -t}
 * @param stripes number of stripes, a power of two; 0 chooses by memory and workers
 * @param pageSize bytes of a page, a power of two from 64 KiB to 1 MiB; 0 chooses by memory and
 *     stripes
 * @param growthFactor ratio of neighbouring chunk sizes, {@code -f}; 0 takes Memring's finer
 *     classes, any other value memcached's own table
 * @param chunkSizeMin smallest space for key, value and flags, {@code -n}; only memcached's table
 *     asks
 * @param slabChunkMax bytes of the largest chunk; 0 chooses (half a page)
 * @param evictToFree evict when memory is full; false with {@code -M}
 * @param casEnabled keep CAS uniques; false with {@code -C}
 * @param hotLruPercent share of a class's items that HOT may hold
 * @param warmLruPercent share that WARM may hold
 * @param hotMaxFactor HOT's age limit as a factor of COLD's
 * @param warmMaxFactor WARM's age limit as a factor of COLD's
 * @param temporaryTtl items with no more seconds to live than this go to TEMP; negative turns TEMP
 *     off
 * @param lruMaintainer segmented LRU with background work; false is one flat list
 * @param lruCrawler reclaim expired items in the background
 */
public record EngineConfig(
        long memoryLimit,
        int itemSizeMax,
        int workers,
        int stripes,
        int pageSize,
        double growthFactor,
        int chunkSizeMin,
        int slabChunkMax,
        boolean evictToFree,
        boolean casEnabled,
        int hotLruPercent,
        int warmLruPercent,
        double hotMaxFactor,
        double warmMaxFactor,
        int temporaryTtl,
        boolean lruMaintainer,
        boolean lruCrawler) {

    public static final long DEFAULT_MEMORY_LIMIT = 64L << 20;
    public static final int DEFAULT_ITEM_SIZE_MAX = 1 << 20;
    public static final int DEFAULT_WORKERS = 4;

    /** memcached's defaults. */
    public static EngineConfig defaults() {
        return new EngineConfig(
                DEFAULT_MEMORY_LIMIT,
                DEFAULT_ITEM_SIZE_MAX,
                DEFAULT_WORKERS,
                0,
                0,
                0,
                48,
                0,
                true,
                true,
                20,
                40,
                0.2,
                2.0,
                -1,
                true,
                true);
    }
}
