package io.memring.engine;

/**
 * Engine configurations for tests: memcached's defaults with one worker, and what a test changes.
 */
final class TestConfig {

    private final long memoryLimit;
    private int itemSizeMax = EngineConfig.DEFAULT_ITEM_SIZE_MAX;
    private int workers = 1;
    private int stripes;
    private int pageSize;
    private double growthFactor;
    private int slabChunkMax;
    private boolean evictToFree = true;
    private boolean cas = true;
    private int temporaryTtl = -1;
    private boolean lruMaintainer = true;
    private boolean lruCrawler = true;

    private TestConfig(long memoryLimit) {
        this.memoryLimit = memoryLimit;
    }

    static TestConfig of(int megabytes) {
        return new TestConfig((long) megabytes << 20);
    }

    TestConfig itemSizeMax(int bytes) {
        itemSizeMax = bytes;
        return this;
    }

    TestConfig workers(int count) {
        workers = count;
        return this;
    }

    TestConfig stripes(int count) {
        stripes = count;
        return this;
    }

    TestConfig pageSize(int bytes) {
        pageSize = bytes;
        return this;
    }

    /** memcached's class table, with one stripe and its page size. */
    TestConfig likeMemcached() {
        growthFactor = 1.25;
        stripes = 1;
        pageSize = 1 << 20;
        return this;
    }

    TestConfig slabChunkMax(int bytes) {
        slabChunkMax = bytes;
        return this;
    }

    TestConfig withoutEviction() {
        evictToFree = false;
        return this;
    }

    TestConfig withoutCas() {
        cas = false;
        return this;
    }

    TestConfig temporaryTtl(int seconds) {
        temporaryTtl = seconds;
        return this;
    }

    TestConfig flat() {
        lruMaintainer = false;
        return this;
    }

    TestConfig withoutCrawler() {
        lruCrawler = false;
        return this;
    }

    EngineConfig build() {
        EngineConfig defaults = EngineConfig.defaults();
        return new EngineConfig(
                memoryLimit,
                itemSizeMax,
                workers,
                stripes,
                pageSize,
                growthFactor,
                defaults.chunkSizeMin(),
                slabChunkMax,
                evictToFree,
                cas,
                defaults.hotLruPercent(),
                defaults.warmLruPercent(),
                defaults.hotMaxFactor(),
                defaults.warmMaxFactor(),
                temporaryTtl,
                lruMaintainer,
                lruCrawler);
    }
}
