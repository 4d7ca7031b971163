package io.memring.engine.item;

import io.memring.slab.PagePool;

/**
 * The memory items live in: turns handles into addresses, and says which handles may be followed.
 */
public final class ItemRegion {

    /** No chunk begins here or later, because the region's last page is never given out. */
    private final long lastAddress;

    private final long address;
    private final int handleShift;

    public ItemRegion(PagePool pool) {
        this.address = pool.address();
        this.handleShift = pool.handleShift();
        this.lastAddress = address + pool.regionSize() - pool.pageSize();
    }

    public long address(int handle) {
        return address + (Integer.toUnsignedLong(handle) << handleShift);
    }

    /** An item's header and key at this address can be read, whatever they turn out to be. */
    public boolean isReadable(long item) {
        return item < lastAddress;
    }

    /** All bytes of a range can be read. */
    boolean isReadable(long start, int length) {
        return start >= address && length >= 0 && start + length <= lastAddress;
    }
}
