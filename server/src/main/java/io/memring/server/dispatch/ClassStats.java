package io.memring.server.dispatch;

import io.memring.engine.CacheEngine;
import io.memring.engine.ClassFigures;

/**
 * {@code stats items} and {@code stats slabs}: memcached's keys, in its order, as far as they are
 * kept by class; counters that the node keeps only for all classes together are in {@code stats}.
 */
final class ClassStats {
    private ClassStats() {}

    /** Writes the group of statistics of that name; false when there is none. */
    static boolean write(String group, CacheEngine cache, StatsSink sink) {
        return switch (group) {
            case "items" -> {
                writeItems(cache, sink);
                yield true;
            }
            case "slabs" -> {
                writeSlabs(cache, sink);
                yield true;
            }
            default -> false;
        };
    }

    private static void writeItems(CacheEngine cache, StatsSink sink) {
        for (ClassFigures figures : cache.classFigures()) {
            if (figures.items() > 0) {
                writeItems(figures, cache.config().temporaryTtl() >= 0, sink);
            }
        }
    }

    private static void writeItems(ClassFigures figures, boolean temporary, StatsSink sink) {
        String prefix = "items:" + figures.slabClassId() + ":";
        stat(sink, prefix, "number", figures.items());
        stat(sink, prefix, "number_hot", figures.hotItems());
        stat(sink, prefix, "number_warm", figures.warmItems());
        stat(sink, prefix, "number_cold", figures.coldItems());
        if (temporary) {
            stat(sink, prefix, "number_temp", figures.temporaryItems());
        }
        stat(sink, prefix, "age_hot", figures.hotAgeSeconds());
        stat(sink, prefix, "age_warm", figures.warmAgeSeconds());
        stat(sink, prefix, "age", figures.coldAgeSeconds());
        stat(sink, prefix, "mem_requested", figures.itemBytes());
        stat(sink, prefix, "evicted", figures.evicted());
        stat(sink, prefix, "evicted_nonzero", figures.evictedNonzero());
        stat(sink, prefix, "evicted_time", figures.evictedAgeSeconds());
    }

    private static void writeSlabs(CacheEngine cache, StatsSink sink) {
        int active = 0;
        for (ClassFigures figures : cache.classFigures()) {
            active++;
            writeSlab(figures, sink);
        }
        sink.stat("active_slabs", Integer.toString(active));
        sink.stat("total_malloced", Long.toString(cache.figures().mallocedBytes()));
    }

    private static void writeSlab(ClassFigures figures, StatsSink sink) {
        String prefix = figures.slabClassId() + ":";
        stat(sink, prefix, "chunk_size", figures.chunkSize());
        stat(sink, prefix, "chunks_per_page", figures.chunksPerPage());
        stat(sink, prefix, "total_pages", figures.pages());
        stat(sink, prefix, "total_chunks", figures.chunks());
        stat(sink, prefix, "used_chunks", figures.chunks() - figures.freeChunks());
        stat(sink, prefix, "free_chunks", figures.freeChunks());
        stat(sink, prefix, "free_chunks_end", 0);
    }

    private static void stat(StatsSink sink, String prefix, String key, long value) {
        sink.stat(prefix + key, Long.toString(value));
    }
}
