package io.memring.slab;

/**
 * The chunks of one stripe: takes pages from the pool for a slab class and cuts them into chunks.
 * Used by whoever holds the stripe.
 *
 * <p>A handle is a chunk's offset in the region, shifted right by the pool's handle shift; 0 is no
 * chunk. Each page keeps its own list of free chunks, linked through their first four bytes, so
 * that a page can be emptied and given back without looking for its chunks elsewhere. Chunks that
 * were never used are not in the list but above the page's mark, so that a fresh page is not
 * touched before its chunks are.
 *
 * <pre>
 *   class 7 ─► page 12 ─► page 9 ─► page 30          all pages of the class
 *                │                     │
 *   open  ──────┴─────────────────────┘              those with free chunks
 *
 *   page 30:  | used | free ─┐ | used | free ◄┘ | never used … |
 *                                                ▲ carved
 * </pre>
 */
public final class SlabAllocator {

    /** No chunk. */
    public static final int NO_CHUNK = 0;

    private final PagePool pool;
    private final SlabClassTable classes;
    private final PageTable table;
    private final PageList pages;
    private final PageList open;
    private final int[] pageCounts;
    private final long[] freeChunks;
    private final long address;
    private final int handleShift;

    /** Pages are found from handles by this shift. */
    private final int pageHandleShift;

    private int totalPages;

    /** Pages without a used chunk. */
    private int freePages;

    /** A page that is being emptied: its chunks are not handed out. */
    private int sealedPage = PagePool.NO_PAGE;

    public SlabAllocator(PagePool pool, SlabClassTable classes) {
        this.pool = pool;
        this.classes = classes;
        this.table = pool.table();
        int slots = classes.largestClassId() + 1;
        this.pages = new PageList(table.next, table.previous, slots);
        this.open = new PageList(table.nextOpen, table.previousOpen, slots);
        this.pageCounts = new int[slots];
        this.freeChunks = new long[slots];
        this.address = pool.address();
        this.handleShift = pool.handleShift();
        this.pageHandleShift = pool.pageShift() - handleShift;
    }

    /** A free chunk of the class, from the pages it has; {@link #NO_CHUNK} when they are full. */
    public int allocate(int classId) {
        int page = open.head(classId);
        if (page == PagePool.NO_PAGE) {
            return NO_CHUNK;
        }
        int handle = table.freeHead[page];
        if (handle != NO_CHUNK) {
            table.freeHead[page] = SlabMemory.getInt(address(handle));
        } else {
            handle = handleOf(page, classId, table.carved[page]++);
        }
        freeChunks[classId]--;
        if (table.freeCount[page] == classes.chunksPerPage(classId)) {
            freePages--;
        }
        if (--table.freeCount[page] == 0) {
            open.remove(classId, page);
        }
        return handle;
    }

    /**
     * Takes a chunk back; the caller has marked it as free in its own terms. A class keeps one
     * wholly free page at most, a second one goes back to the pool.
     */
    public void free(int handle) {
        int page = pageOf(handle);
        int classId = classIdOfPage(page);
        SlabMemory.putInt(address(handle), table.freeHead[page]);
        table.freeHead[page] = handle;
        freeChunks[classId]++;
        int free = ++table.freeCount[page];
        int perPage = classes.chunksPerPage(classId);
        if (free == perPage) {
            freePages++;
        }
        if (page == sealedPage) {
            return;
        }
        if (free == 1) {
            open.push(classId, page);
        }
        if (free == perPage && freeChunks[classId] >= 2L * perPage) {
            open.remove(classId, page);
            takeOut(page);
            pool.giveBack(page);
        }
    }

    /** Takes a wholly free page from any class but one, or answers {@link PagePool#NO_PAGE}. */
    public int takeFreePage(int exceptClassId) {
        if (freePages == 0) {
            return PagePool.NO_PAGE;
        }
        for (int classId = 1; classId <= classes.largestClassId(); classId++) {
            if (classId != exceptClassId && freeChunks[classId] >= classes.chunksPerPage(classId)) {
                int page = freePageOf(classId);
                if (page != PagePool.NO_PAGE) {
                    open.remove(classId, page);
                    takeOut(page);
                    return page;
                }
            }
        }
        return PagePool.NO_PAGE;
    }

    private int freePageOf(int classId) {
        int page = open.head(classId);
        while (page != PagePool.NO_PAGE && !isFree(page)) {
            page = open.next(page);
        }
        return page;
    }

    /** Gets a page from the pool for a class; false when there is none. */
    public boolean grow(int classId) {
        int page = pool.take();
        if (page == PagePool.NO_PAGE) {
            return false;
        }
        attach(page, classId);
        return true;
    }

    /** Makes a page, taken from the pool or detached from another class, part of a class. */
    public void attach(int page, int classId) {
        int perPage = classes.chunksPerPage(classId);
        table.classId[page] = (byte) classId;
        table.freeHead[page] = NO_CHUNK;
        table.freeCount[page] = perPage;
        table.carved[page] = 0;
        pages.push(classId, page);
        open.push(classId, page);
        pageCounts[classId]++;
        totalPages++;
        freeChunks[classId] += perPage;
        freePages++;
    }

    /**
     * Keeps the free chunks of a page from being handed out, until it is detached or unsealed. One
     * page at a time.
     */
    public void seal(int page) {
        assert sealedPage == PagePool.NO_PAGE : "sealedPage=" + sealedPage;
        sealedPage = page;
        if (table.freeCount[page] > 0) {
            open.remove(classIdOfPage(page), page);
        }
    }

    /** Ends a {@link #seal} without having emptied the page. */
    public void unseal(int page) {
        sealedPage = PagePool.NO_PAGE;
        if (table.freeCount[page] > 0) {
            open.push(classIdOfPage(page), page);
        }
    }

    /** Takes a wholly free, sealed page out of its class; it belongs to the caller then. */
    public void detach(int page) {
        assert page == sealedPage && isFree(page) : "page=" + page;
        sealedPage = PagePool.NO_PAGE;
        takeOut(page);
    }

    private void takeOut(int page) {
        int classId = classIdOfPage(page);
        pages.remove(classId, page);
        pageCounts[classId]--;
        totalPages--;
        freeChunks[classId] -= table.freeCount[page];
        freePages--;
        table.classId[page] = 0;
    }

    /** Every chunk of the page is free. */
    public boolean isFree(int page) {
        return table.freeCount[page] == classes.chunksPerPage(classIdOfPage(page));
    }

    public int freeChunksOfPage(int page) {
        return table.freeCount[page];
    }

    /** Chunks of the page that have ever been used; those above were never written as chunks. */
    public int carvedChunks(int page) {
        return table.carved[page];
    }

    /** Handle of a page's chunk by its index. */
    public int chunk(int page, int index) {
        return handleOf(page, classIdOfPage(page), index);
    }

    public int pageOf(int handle) {
        return handle >>> pageHandleShift;
    }

    /** Slab class of a chunk. */
    public int classOf(int handle) {
        return classIdOfPage(pageOf(handle));
    }

    public int classIdOfPage(int page) {
        return table.classId[page] & 0xff;
    }

    /** First page of a class, or {@link PagePool#NO_PAGE}. */
    public int firstPage(int classId) {
        return pages.head(classId);
    }

    public int nextPage(int page) {
        return pages.next(page);
    }

    public int pageCount(int classId) {
        return pageCounts[classId];
    }

    /** Pages of all classes. */
    public int totalPages() {
        return totalPages;
    }

    public long freeChunks(int classId) {
        return freeChunks[classId];
    }

    public SlabClassTable classes() {
        return classes;
    }

    public PagePool pool() {
        return pool;
    }

    private long address(int handle) {
        return address + (Integer.toUnsignedLong(handle) << handleShift);
    }

    private int handleOf(int page, int classId, int index) {
        long offset = ((long) page << pool.pageShift()) + (long) index * classes.chunkSize(classId);
        return (int) (offset >>> handleShift);
    }
}
