package io.memring.slab;

import java.util.Arrays;
import java.util.function.BooleanSupplier;

/**
 * All pages of the process: one reserved region cut into pages, of which at most the memory limit
 * are out at a time. Any thread may take and give back; a page taken belongs to the taker.
 */
public final class PagePool implements AutoCloseable {

    /** No page; page 0 is never given out, so that offset 0 can mean "nothing". */
    public static final int NO_PAGE = 0;

    /** Shift of handles for regions of up to 32 GiB: chunks are aligned to 8 bytes. */
    static final int HANDLE_SHIFT_MIN = 3;

    /** Address space that is reserved at least, so that the limit can be raised later. */
    static final long HEADROOM_MIN = 4L << 30;

    /** The limit can be raised to this multiple of its first value. */
    static final int HEADROOM_FACTOR = 4;

    private static final long HANDLES = 1L << 32;

    private final MemoryRegion region;
    private final int pageShift;
    private final int handleShift;
    private final int capacity;
    private final BooleanSupplier supply;
    private final PageTable table;

    /** Pages that were out and came back, as a stack. Guarded by this, as all below. */
    private int[] returned = new int[64];

    private int returnedCount;

    /** Pages 1 to this have been out at least once. */
    private int highWater;

    private int taken;
    private int limit;
    private long limitBytes;

    /**
     * Pages that may still be taken; negative when too many are out. Written under the lock, read
     * without.
     */
    private volatile int available;

    private PagePool(MemoryRegion region, int pageSize, long limitBytes, BooleanSupplier supply) {
        this.region = region;
        this.pageShift = Integer.numberOfTrailingZeros(pageSize);
        this.handleShift = handleShift(region.size());
        this.capacity = (int) (region.size() / pageSize) - MemoryLayoutPolicy.SPARE_PAGES;
        this.supply = supply;
        this.table = new PageTable(capacity + 1);
        applyLimit(limitBytes);
    }

    /**
     * Reserves the region. {@code supply} is asked before each page that is taken; false refuses
     * it, as if memory were full.
     */
    public static PagePool open(long limitBytes, int pageSize, BooleanSupplier supply) {
        MemoryRegion region = MemoryLayoutPolicy.reservePages(limitBytes, pageSize);
        return new PagePool(region, pageSize, limitBytes, supply);
    }

    /** Absolute address of the region; offsets count from here. */
    public long address() {
        return region.address();
    }

    /** Bytes of the region: every offset below is readable. */
    public long regionSize() {
        return region.size();
    }

    public int handleShift() {
        return handleShift;
    }

    public int pageShift() {
        return pageShift;
    }

    public int pageSize() {
        return 1 << pageShift;
    }

    PageTable table() {
        return table;
    }

    /** Takes a page, or {@link #NO_PAGE} when the limit is reached or the supply refuses. */
    public int take() {
        if (available <= 0 || !supply.getAsBoolean()) {
            return NO_PAGE;
        }
        synchronized (this) {
            if (taken >= limit) {
                return NO_PAGE;
            }
            int page = returnedCount > 0 ? returned[--returnedCount] : nextUnused();
            if (page != NO_PAGE) {
                taken++;
                available = limit - taken;
            }
            return page;
        }
    }

    /** Takes a page back; when too many are out its memory goes back to the system. */
    public synchronized void giveBack(int page) {
        if (taken > limit) {
            region.release((long) page << pageShift, pageSize());
        }
        if (returnedCount == returned.length) {
            returned = Arrays.copyOf(returned, returned.length * 2);
        }
        returned[returnedCount++] = page;
        taken--;
        available = limit - taken;
    }

    /** Changes the limit; false when the reserved address space is too small for it. */
    public synchronized boolean setLimit(long bytes) {
        if (bytes >>> pageShift > capacity) {
            return false;
        }
        applyLimit(bytes);
        return true;
    }

    public synchronized long limitBytes() {
        return limitBytes;
    }

    /** Pages that may still be taken. */
    public int available() {
        return Math.max(0, available);
    }

    /** Pages that have to come back because the limit was lowered. */
    public int excess() {
        return Math.max(0, -available);
    }

    /** Pages that are out. */
    public synchronized int takenCount() {
        return taken;
    }

    /** Pages that have been out and wait in the pool. */
    public synchronized int returnedCount() {
        return returnedCount;
    }

    @Override
    public void close() {
        region.close();
    }

    private int nextUnused() {
        return highWater < capacity ? ++highWater : NO_PAGE;
    }

    private void applyLimit(long bytes) {
        limitBytes = bytes;
        limit = Math.clamp(bytes >>> pageShift, 1, capacity);
        available = limit - taken;
        if (available >= 0) {
            return;
        }
        for (int i = 0; i < returnedCount; i++) {
            region.release((long) returned[i] << pageShift, pageSize());
        }
    }

    private static int handleShift(long regionSize) {
        int shift = HANDLE_SHIFT_MIN;
        while (regionSize >>> shift > HANDLES) {
            shift++;
        }
        return shift;
    }
}
