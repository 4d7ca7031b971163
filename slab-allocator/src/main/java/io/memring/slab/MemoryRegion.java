package io.memring.slab;

/**
 * A contiguous range of native memory that is reserved at once and touched only as used: a page of
 * the machine costs memory from its first write on, and reads as zeros before.
 */
public final class MemoryRegion implements AutoCloseable {

    /** Size, and so alignment, of a huge page of the machine. */
    private static final long HUGE_PAGE = 2L << 20;

    private final NativeMemory memory;

    /** What was mapped, of which the region is the part from {@link #address} on. */
    private final long mapped;

    private final long mappedSize;
    private final long address;
    private final long size;
    private boolean closed;

    private MemoryRegion(NativeMemory memory, long size, long alignment) {
        this.memory = memory;
        this.size = size;
        this.mappedSize = size + alignment;
        this.mapped = memory.map(mappedSize);
        this.address = (mapped + alignment - 1) & -alignment;
    }

    /** Reserves {@code size} bytes, aligned to a page of the machine. */
    public static MemoryRegion reserve(long size) {
        return reserve(size, false);
    }

    /**
     * Reserves {@code size} bytes; {@code hugePages} asks the system to back them by large pages
     * where it can.
     */
    static MemoryRegion reserve(long size, boolean hugePages) {
        if (size <= 0) {
            throw new IllegalArgumentException("A region needs at least one byte: size=" + size);
        }
        MemoryRegion region =
                new MemoryRegion(NativeMemory.choose(), size, hugePages ? HUGE_PAGE : 1);
        if (hugePages) {
            region.memory.adviseHugePages(region.address, size);
        }
        return region;
    }

    /** Absolute address of the first byte. */
    public long address() {
        return address;
    }

    public long size() {
        return size;
    }

    /**
     * Gives the memory behind a range back to the machine; the range stays reserved and reads as
     * zeros, or as was.
     */
    public void release(long offset, long length) {
        memory.release(address + offset, length);
    }

    /** Gives everything back; the addresses mean nothing afterwards. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            memory.unmap(mapped, mappedSize);
        }
    }
}
