package io.memring.slab;

import io.memring.slab.libc.CFunction;

import java.util.Locale;

/** Anonymous private mappings of Linux: address space first, memory when touched. */
final class MappedMemory extends NativeMemory {

    private static final int PROT_READ_WRITE = 0x1 | 0x2;
    private static final int MAP_PRIVATE_ANONYMOUS_NORESERVE = 0x02 | 0x20 | 0x4000;
    private static final int NO_FILE = -1;
    private static final int MADV_DONTNEED = 4;
    private static final int MADV_HUGEPAGE = 14;
    private static final long MAP_FAILED = -1;

    private static final CFunction MMAP = CFunction.link("mmap");
    private static final CFunction MUNMAP = CFunction.link("munmap");
    private static final CFunction MADVISE = CFunction.link("madvise");

    static boolean isAvailable() {
        return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux");
    }

    @Override
    long map(long size) {
        long address =
                MMAP.call(0, size, PROT_READ_WRITE, MAP_PRIVATE_ANONYMOUS_NORESERVE, NO_FILE, 0);
        if (address == MAP_FAILED) {
            throw new OutOfMemoryError("The system refused to map memory: size=" + size);
        }
        return address;
    }

    @Override
    void unmap(long address, long size) {
        int result = (int) MUNMAP.call(address, size);
        if (result != 0) {
            throw new IllegalStateException("munmap failed: address=" + address + " size=" + size);
        }
    }

    @Override
    void release(long address, long size) {
        advise(address, size, MADV_DONTNEED);
    }

    @Override
    void adviseHugePages(long address, long size) {
        advise(address, size, MADV_HUGEPAGE);
    }

    /** Advice may be refused (a kernel without huge pages); then nothing changes. */
    private static void advise(long address, long size, int advice) {
        MADVISE.call(address, size, advice);
    }
}
