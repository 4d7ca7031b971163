package io.memring.server;

/**
 * Options of memcached that a node accepts and shows in {@code stats settings}, but that steer
 * nothing, because what they tune in memcached works by itself here or comes in a later release.
 *
 * @param hashPowerInit {@code hashpower}
 * @param hashAlgorithm {@code hash_algorithm}
 * @param slabReassign {@code slab_reassign}
 * @param slabAutomove {@code slab_automove}: 0 off, 1 on, 2 aggressive
 * @param slabAutomoveRatio {@code slab_automove_ratio}
 * @param slabAutomoveWindow {@code slab_automove_window}
 * @param lruCrawlerSleep {@code lru_crawler_sleep}, microseconds
 * @param lruCrawlerToCrawl {@code lru_crawler_tocrawl}
 * @param tailRepairTime {@code tail_repair_time}, seconds
 * @param watcherLogBufferSize {@code watcher_logbuf_size}, bytes
 * @param workerLogBufferSize {@code worker_logbuf_size}, bytes
 */
record ReportedSettings(
        int hashPowerInit,
        String hashAlgorithm,
        boolean slabReassign,
        int slabAutomove,
        double slabAutomoveRatio,
        int slabAutomoveWindow,
        int lruCrawlerSleep,
        long lruCrawlerToCrawl,
        int tailRepairTime,
        int watcherLogBufferSize,
        int workerLogBufferSize) {

    /** memcached's defaults. */
    public static final ReportedSettings DEFAULT =
            new ReportedSettings(0, "murmur3", true, 1, 0.8, 10, 100, 0, 0, 256 * 1024, 64 * 1024);

    /** The settings while they are being put together. */
    static final class Draft {
        int hashPowerInit = DEFAULT.hashPowerInit;
        String hashAlgorithm = DEFAULT.hashAlgorithm;
        boolean slabReassign = DEFAULT.slabReassign;
        int slabAutomove = DEFAULT.slabAutomove;
        double slabAutomoveRatio = DEFAULT.slabAutomoveRatio;
        int slabAutomoveWindow = DEFAULT.slabAutomoveWindow;
        int lruCrawlerSleep = DEFAULT.lruCrawlerSleep;
        long lruCrawlerToCrawl = DEFAULT.lruCrawlerToCrawl;
        int tailRepairTime = DEFAULT.tailRepairTime;
        int watcherLogBufferSize = DEFAULT.watcherLogBufferSize;
        int workerLogBufferSize = DEFAULT.workerLogBufferSize;

        ReportedSettings build() {
            return new ReportedSettings(
                    hashPowerInit,
                    hashAlgorithm,
                    slabReassign,
                    slabAutomove,
                    slabAutomoveRatio,
                    slabAutomoveWindow,
                    lruCrawlerSleep,
                    lruCrawlerToCrawl,
                    tailRepairTime,
                    watcherLogBufferSize,
                    workerLogBufferSize);
        }
    }
}
