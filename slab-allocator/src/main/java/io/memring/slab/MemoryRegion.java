package io.memring.slab;

/**
 * A contiguous range of native memory that is reserved at once and touched only as used: a page of the machine costs
 * memory from its first write on, and reads as zeros before.
 */
public final class MemoryRegion implements AutoCloseable {

    private final NativeMemory memory;
    private final long address;
    private final long size;
    private boolean closed;

    private MemoryRegion(NativeMemory memory, long address, long size) {
        this.memory = memory;
        this.address = address;
        this.size = size;
    }

    /** Reserves {@code size} bytes, aligned to a page of the machine. */
    public static MemoryRegion reserve(long size) {
        return reserve(size, false);
    }

    /** Reserves {@code size} bytes; {@code hugePages} asks the system to back them by large pages where it can. */
    static MemoryRegion reserve(long size, boolean hugePages) {
        if (size <= 0) {
            throw new IllegalArgumentException("A region needs at least one byte: size=" + size);
        }
        NativeMemory memory = NativeMemory.choose();
        long address = memory.map(size);
        if (hugePages) {
            memory.adviseHugePages(address, size);
        }
        return new MemoryRegion(memory, address, size);
    }

    /** Absolute address of the first byte. */
    public long address() {
        return address;
    }

    public long size() {
        return size;
    }

    /** Gives the memory behind a range back to the machine; the range stays reserved and reads as zeros, or as was. */
    public void release(long offset, long length) {
        memory.release(address + offset, length);
    }

    /** Gives everything back; the addresses mean nothing afterwards. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            memory.unmap(address, size);
        }
    }
}
