package io.memring.server;

import io.memring.engine.EngineConfig;

/**
 * The cache's part of a configuration while it is being put together, and the rules that tie its
 * options together.
 */
final class EngineSettings {

    static final int MEBI = 1 << 20;
    static final int ITEM_SIZE_MAX_LOWER_LIMIT = 1 << 10;
    static final int ITEM_SIZE_MAX_UPPER_LIMIT = 1 << 30;
    static final int PAGE_SIZE_MIN = 1 << 16;
    static final int PAGE_SIZE_MAX = 1 << 20;
    private static final int LRU_PERCENT_SUM_MAX = 80;

    /** memcached's; ours is finer where nobody asks for it. */
    static final double MEMCACHED_GROWTH_FACTOR = 1.25;

    private static final EngineConfig DEFAULTS = EngineConfig.defaults();

    long memoryLimit = DEFAULTS.memoryLimit();
    int itemSizeMax = DEFAULTS.itemSizeMax();
    int workers = DEFAULTS.workers();
    int stripes = DEFAULTS.stripes();
    int pageSize = DEFAULTS.pageSize();
    double growthFactor = DEFAULTS.growthFactor();
    int chunkSizeMin = DEFAULTS.chunkSizeMin();
    int slabChunkMax = DEFAULTS.slabChunkMax();
    boolean evictToFree = DEFAULTS.evictToFree();
    boolean casEnabled = DEFAULTS.casEnabled();
    int hotLruPercent = DEFAULTS.hotLruPercent();
    int warmLruPercent = DEFAULTS.warmLruPercent();
    double hotMaxFactor = DEFAULTS.hotMaxFactor();
    double warmMaxFactor = DEFAULTS.warmMaxFactor();
    int temporaryTtl = DEFAULTS.temporaryTtl();
    boolean lruMaintainer = DEFAULTS.lruMaintainer();
    boolean lruCrawler = DEFAULTS.lruCrawler();

    /**
     * memcached's layout before 1.4.30: the largest chunk is a page, where the size of pages is
     * given.
     */
    boolean chunksOfWholePages;

    /** Who sizes the smallest chunk counts in memcached's classes, not in our finer ones. */
    void takeMemcachedClasses() {
        if (growthFactor == 0) {
            growthFactor = MEMCACHED_GROWTH_FACTOR;
        }
    }

    EngineConfig build() {
        if (chunksOfWholePages && slabChunkMax == 0 && pageSize <= itemSizeMax) {
            slabChunkMax = pageSize;
        }
        checkItemSize();
        checkSlabChunkMax();
        checkStripesAndPages();
        checkLru();
        return new EngineConfig(
                memoryLimit,
                itemSizeMax,
                workers,
                stripes,
                pageSize,
                growthFactor,
                chunkSizeMin,
                slabChunkMax,
                evictToFree,
                casEnabled,
                hotLruPercent,
                warmLruPercent,
                hotMaxFactor,
                warmMaxFactor,
                temporaryTtl,
                lruMaintainer,
                lruCrawler);
    }

    private void checkItemSize() {
        OptionValue.inRange(
                "-I", itemSizeMax, ITEM_SIZE_MAX_LOWER_LIMIT, ITEM_SIZE_MAX_UPPER_LIMIT);
        if (itemSizeMax > memoryLimit / 2) {
            throw new InvalidOptionException(
                    "-I",
                    itemSizeMax,
                    "must be at most half of the memory limit (-m " + memoryLimit / MEBI + ")");
        }
        if (chunkSizeMin > itemSizeMax) {
            throw new InvalidOptionException(
                    "-n", chunkSizeMin, "must not be larger than an item (-I " + itemSizeMax + ")");
        }
    }

    /** memcached's rules: a large item is a whole number of chunks, a page as well. */
    private void checkSlabChunkMax() {
        if (slabChunkMax == 0) {
            return;
        }
        String kilobytes = Integer.toString(slabChunkMax / 1024);
        if (slabChunkMax > itemSizeMax) {
            throw new InvalidOptionException(
                    "-o slab_chunk_max",
                    kilobytes,
                    "must not be larger than an item (-I " + itemSizeMax + ")");
        }
        if (itemSizeMax % slabChunkMax != 0) {
            throw new InvalidOptionException(
                    "-o slab_chunk_max",
                    kilobytes,
                    "the item size limit (-I " + itemSizeMax + ") must be a multiple of it");
        }
        if (PAGE_SIZE_MAX % slabChunkMax != 0) {
            throw new InvalidOptionException(
                    "-o slab_chunk_max", kilobytes, "must divide 1024 without remainder");
        }
    }

    private void checkStripesAndPages() {
        if (stripes != 0 && Integer.bitCount(stripes) != 1) {
            throw new InvalidOptionException("-o stripes", stripes, "must be a power of two");
        }
        if (pageSize != 0
                && (pageSize < PAGE_SIZE_MIN
                        || pageSize > PAGE_SIZE_MAX
                        || Integer.bitCount(pageSize) != 1)) {
            throw new InvalidOptionException(
                    "-o page_size", pageSize, "must be a power of two from 64k to 1m");
        }
    }

    private void checkLru() {
        if (hotLruPercent + warmLruPercent > LRU_PERCENT_SUM_MAX) {
            throw new InvalidOptionException(
                    "-o hot_lru_pct",
                    hotLruPercent + ", warm_lru_pct " + warmLruPercent,
                    "must not be more than " + LRU_PERCENT_SUM_MAX + " together");
        }
        if (temporaryTtl >= 0 && !lruMaintainer) {
            throw new InvalidOptionException(
                    "-o temporary_ttl", temporaryTtl, "needs lru_maintainer, which is off");
        }
    }
}
