package io.memring.slab;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Locale;

/** Anonymous private mappings of Linux: address space first, memory when touched. */
final class MappedMemory extends NativeMemory {

    private static final int PROT_READ_WRITE = 0x1 | 0x2;
    private static final int MAP_PRIVATE_ANONYMOUS_NORESERVE = 0x02 | 0x20 | 0x4000;
    private static final int MADV_DONTNEED = 4;
    private static final int MADV_HUGEPAGE = 14;
    private static final long MAP_FAILED = -1;

    static boolean isAvailable() {
        return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux");
    }

    @Override
    long map(long size) {
        long address = Mmap.call(size);
        if (address == MAP_FAILED) {
            throw new OutOfMemoryError("The system refused to map memory: size=" + size);
        }
        return address;
    }

    @Override
    void unmap(long address, long size) {
        Munmap.call(address, size);
    }

    @Override
    void release(long address, long size) {
        Madvise.call(address, size, MADV_DONTNEED);
    }

    @Override
    void adviseHugePages(long address, long size) {
        Madvise.call(address, size, MADV_HUGEPAGE);
    }

    /*
     * Each system call is linked in a class of its own, at first use: it takes milliseconds, and a
     * node that starts needs only the first.
     */

    private static final class Mmap {

        private static final MethodHandle HANDLE =
                CLibrary.link(
                        "mmap",
                        FunctionDescriptor.of(
                                JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT,
                                JAVA_LONG));

        static long call(long size) {
            try {
                return (long)
                        HANDLE.invokeExact(
                                MemorySegment.NULL,
                                size,
                                PROT_READ_WRITE,
                                MAP_PRIVATE_ANONYMOUS_NORESERVE,
                                -1,
                                0L);
            } catch (Throwable failure) {
                throw new IllegalStateException("mmap cannot be called", failure);
            }
        }
    }

    private static final class Munmap {

        private static final MethodHandle HANDLE =
                CLibrary.link("munmap", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG));

        static void call(long address, long size) {
            int result;
            try {
                result = (int) HANDLE.invokeExact(MemorySegment.ofAddress(address), size);
            } catch (Throwable failure) {
                throw new IllegalStateException("munmap cannot be called", failure);
            }
            if (result != 0) {
                throw new IllegalStateException(
                        "munmap failed: address=" + address + " size=" + size);
            }
        }
    }

    private static final class Madvise {

        private static final MethodHandle HANDLE =
                CLibrary.link(
                        "madvise", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));

        /** Advice may be refused (a kernel without huge pages); then nothing changes. */
        static void call(long address, long size, int advice) {
            try {
                int _ = (int) HANDLE.invokeExact(MemorySegment.ofAddress(address), size, advice);
            } catch (Throwable failure) {
                throw new IllegalStateException("madvise cannot be called", failure);
            }
        }
    }
}
