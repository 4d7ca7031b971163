package io.memring.engine;

import io.memring.slab.PagePool;
import io.memring.slab.SlabAllocator;

/**
 * Finds memory for new items, in this order: a free chunk, a page of the pool, a page nobody uses,
 * the class's own least needed items, a page of another class, a page of another stripe. Used by
 * who holds the stripe.
 *
 * <p>Pages follow demand: a class that has evicted a page's worth of items takes a page from the
 * class whose least needed items have been idle longest, if those are clearly older than what it
 * evicts itself.
 */
final class ChunkSupply {

    /** Evictions between two looks at the other classes, at least. */
    private static final int LOOK_AROUND_EVERY = 32;

    /** Chunks of a page under way that each slow allocation empties. */
    private static final int MOVER_CHUNKS = 8;

    /** Pages a class keeps when others are more in need. */
    private static final int PAGES_KEPT = 1;

    /** Rounds over the other stripes, which may be held for a moment. */
    private static final int BORROW_ROUNDS = 64;

    private final Stripe stripe;
    private final SlabAllocator slabs;
    private final Evictor evictor;
    private final int[] evictionsSinceLook;
    private Stripe[] neighbours = {};

    ChunkSupply(Stripe stripe) {
        this.stripe = stripe;
        this.slabs = stripe.slabs;
        this.evictor = stripe.evictor;
        this.evictionsSinceLook = new int[stripe.engine.classes.largestClassId() + 1];
    }

    /** All stripes of the engine, once they exist. */
    void connect(Stripe[] stripes) {
        neighbours = stripes;
    }

    /**
     * A chunk of a class, or {@link SlabAllocator#NO_CHUNK} when there is nothing left that may be
     * evicted.
     */
    int take(int classId) {
        int chunk = slabs.allocate(classId);
        return chunk != SlabAllocator.NO_CHUNK ? chunk : takeSlowly(classId);
    }

    private int takeSlowly(int classId) {
        stripe.mover.step(MOVER_CHUNKS);
        if (slabs.grow(classId) || attach(slabs.takeFreePage(classId), classId)) {
            return slabs.allocate(classId);
        }
        int chunk = evictFor(classId);
        if (chunk != SlabAllocator.NO_CHUNK) {
            return chunk;
        }
        stripe.mover.finish();
        if (attach(takePage(classId), classId) || attach(borrowPage(), classId)) {
            return slabs.allocate(classId);
        }
        return slabs.allocate(classId);
    }

    private boolean attach(int page, int classId) {
        if (page == PagePool.NO_PAGE) {
            return false;
        }
        slabs.attach(page, classId);
        return true;
    }

    /** Evicts items of the class until one of them leaves a chunk of it. */
    private int evictFor(int classId) {
        int chunk = slabs.allocate(classId);
        while (chunk == SlabAllocator.NO_CHUNK && evictor.evictOne(classId)) {
            stripe.counters.add(Stat.DIRECT_RECLAIMS);
            lookAround(classId);
            chunk = slabs.allocate(classId);
        }
        return chunk;
    }

    private void lookAround(int classId) {
        int perPage = slabs.classes().chunksPerPage(classId);
        if (++evictionsSinceLook[classId] < Math.max(LOOK_AROUND_EVERY, perPage)
                || stripe.mover.isActive()) {
            return;
        }
        evictionsSinceLook[classId] = 0;
        int source = oldestClass(classId, PAGES_KEPT);
        int age = evictor.lastEvictedAge(classId);
        if (source != 0 && isClearlyOlder(evictor.tailAge(source), age)) {
            stripe.mover.begin(source, classId);
        }
    }

    /** memcached's ratio: the younger is below 80 % of the older. */
    private static boolean isClearlyOlder(int age, int other) {
        return 4L * age > 5L * (other + 1);
    }

    /** A page of another class of this stripe, emptied. */
    private int takePage(int classId) {
        int source = oldestClass(classId, 0);
        int page = source == 0 ? PagePool.NO_PAGE : stripe.mover.take(source);
        for (int id = slabs.classes().largestClassId(); page == PagePool.NO_PAGE && id > 0; id--) {
            if (id != classId && slabs.pageCount(id) > 0) {
                page = stripe.mover.take(id);
            }
        }
        return page;
    }

    /**
     * The class with more than {@code pagesKept} pages whose least needed item has been idle
     * longest; 0 for none.
     */
    private int oldestClass(int exceptClassId, int pagesKept) {
        int oldest = 0;
        int oldestAge = -1;
        for (int id = 1; id <= slabs.classes().largestClassId(); id++) {
            if (id == exceptClassId || slabs.pageCount(id) <= pagesKept) {
                continue;
            }
            int age = evictor.tailAge(id);
            if (age > oldestAge
                    || age == oldestAge
                            && age >= 0
                            && slabs.pageCount(id) > slabs.pageCount(oldest)) {
                oldest = id;
                oldestAge = age;
            }
        }
        return oldest;
    }

    /**
     * Starts to give a page back to the pool, whose limit was lowered; false: this stripe has none
     * to give.
     */
    boolean beginShrinking() {
        int page = slabs.takeFreePage(0);
        if (page != PagePool.NO_PAGE) {
            slabs.pool().giveBack(page);
            return true;
        }
        int oldest = oldestClass(0, 0);
        boolean begun = oldest != 0 && stripe.mover.begin(oldest, 0);
        for (int id = slabs.classes().largestClassId(); !begun && id > 0; id--) {
            begun = slabs.pageCount(id) > 0 && stripe.mover.begin(id, 0);
        }
        return begun;
    }

    /** A page of a stripe that nobody holds at the moment, emptied. */
    private int borrowPage() {
        int count = neighbours.length;
        for (int i = 1; i < count * BORROW_ROUNDS; i++) {
            Stripe other = neighbours[(stripe.index + i) & (count - 1)];
            if (other == stripe
                    || other.slabs.totalPages() == 0
                    || !other.tryAcquire(stripe.counters)) {
                continue;
            }
            try {
                int page = other.chunks.surrenderPage();
                if (page != PagePool.NO_PAGE) {
                    return page;
                }
            } finally {
                other.release();
            }
        }
        return PagePool.NO_PAGE;
    }

    /** Gives up the page that is missed least; {@link PagePool#NO_PAGE} if none can be emptied. */
    int surrenderPage() {
        int page = slabs.takeFreePage(0);
        if (page == PagePool.NO_PAGE) {
            stripe.mover.finish();
            page = takePage(0);
        }
        return page;
    }
}
