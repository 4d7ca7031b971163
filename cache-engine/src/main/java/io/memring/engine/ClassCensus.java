package io.memring.engine;

import io.memring.engine.item.Item;
import io.memring.engine.item.ItemLayout;
import io.memring.engine.item.LruSegment;
import io.memring.slab.SlabClassTable;

import java.util.ArrayList;
import java.util.List;

/** Adds up the figures of the slab classes of all stripes. Any thread; it stops nobody. */
final class ClassCensus {

    private final EngineState state;
    private final Stripe[] stripes;

    /** Evictions by class at the last reset. */
    private final long[] evictedBefore;

    private final long[] evictedNonzeroBefore;

    ClassCensus(EngineState state, Stripe[] stripes) {
        this.state = state;
        this.stripes = stripes;
        int slots = state.classes.largestClassId() + 1;
        evictedBefore = new long[slots];
        evictedNonzeroBefore = new long[slots];
    }

    /** The classes that have pages. */
    synchronized List<ClassFigures> take() {
        List<ClassFigures> figures = new ArrayList<>();
        for (int id = 1; id <= state.classes.largestClassId(); id++) {
            int pages = pages(id);
            if (pages > 0) {
                figures.add(figures(id, pages));
            }
        }
        return figures;
    }

    /** Counts evictions from here on. */
    synchronized void reset() {
        for (int id = 1; id <= state.classes.largestClassId(); id++) {
            evictedBefore[id] = evicted(id);
            evictedNonzeroBefore[id] = evictedNonzero(id);
        }
    }

    private ClassFigures figures(int id, int pages) {
        SlabClassTable classes = state.classes;
        long freeChunks = 0;
        long bytes = 0;
        int evictedAge = 0;
        for (Stripe stripe : stripes) {
            freeChunks += stripe.slabs.freeChunks(id);
            bytes += stripe.lru.bytes(id);
            evictedAge = Math.max(evictedAge, stripe.evictor.lastEvictedAge(id));
        }
        return new ClassFigures(
                id,
                classes.chunkSize(id),
                classes.chunksPerPage(id),
                pages,
                freeChunks,
                items(id, LruSegment.HOT),
                items(id, LruSegment.WARM),
                items(id, LruSegment.COLD),
                items(id, LruSegment.TEMP),
                bytes,
                tailAge(id, LruSegment.HOT),
                tailAge(id, LruSegment.WARM),
                tailAge(id, LruSegment.COLD),
                evicted(id) - evictedBefore[id],
                evictedNonzero(id) - evictedNonzeroBefore[id],
                evictedAge);
    }

    private int pages(int id) {
        int sum = 0;
        for (Stripe stripe : stripes) {
            sum += stripe.slabs.pageCount(id);
        }
        return sum;
    }

    private long items(int id, int segment) {
        long sum = 0;
        for (Stripe stripe : stripes) {
            sum += stripe.lru.count(id, segment);
        }
        return sum;
    }

    /** The oldest tail; an item that has just gone may show a wrong age, but not for long. */
    private int tailAge(int id, int segment) {
        int now = state.clock.nowSeconds();
        int oldest = 0;
        for (Stripe stripe : stripes) {
            int handle = stripe.lru.tail(id, segment);
            if (handle != ItemLayout.NO_ITEM) {
                int age = now - Item.lastAccess(state.region.address(handle));
                oldest = Math.clamp(age, oldest, now);
            }
        }
        return oldest;
    }

    private long evicted(int id) {
        long sum = 0;
        for (Stripe stripe : stripes) {
            sum += stripe.evictor.evicted(id);
        }
        return sum;
    }

    private long evictedNonzero(int id) {
        long sum = 0;
        for (Stripe stripe : stripes) {
            sum += stripe.evictor.evictedNonzero(id);
        }
        return sum;
    }
}
