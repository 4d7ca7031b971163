package io.memring.slab;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
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
        long address = Calls.map(size);
        if (address == MAP_FAILED) {
            throw new OutOfMemoryError("The system refused to map memory: size=" + size);
        }
        return address;
    }

    @Override
    void unmap(long address, long size) {
        Calls.unmap(address, size);
    }

    @Override
    void release(long address, long size) {
        Calls.advise(address, size, MADV_DONTNEED);
    }

    @Override
    void adviseHugePages(long address, long size) {
        Calls.advise(address, size, MADV_HUGEPAGE);
    }

    /** The system calls, linked at first use. */
    private static final class Calls {

        private static final MethodHandle MMAP =
                link(
                        "mmap",
                        FunctionDescriptor.of(
                                JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT,
                                JAVA_LONG));

        private static final MethodHandle MUNMAP =
                link("munmap", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG));

        private static final MethodHandle MADVISE =
                link("madvise", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));

        @SuppressWarnings("restricted")
        private static MethodHandle link(String name, FunctionDescriptor descriptor) {
            Linker linker = Linker.nativeLinker();
            return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), descriptor);
        }

        static long map(long size) {
            try {
                return (long)
                        MMAP.invokeExact(
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

        static void unmap(long address, long size) {
            int result;
            try {
                result = (int) MUNMAP.invokeExact(MemorySegment.ofAddress(address), size);
            } catch (Throwable failure) {
                throw new IllegalStateException("munmap cannot be called", failure);
            }
            if (result != 0) {
                throw new IllegalStateException(
                        "munmap failed: address=" + address + " size=" + size);
            }
        }

        /** Advice may be refused (a kernel without huge pages); then nothing changes. */
        static void advise(long address, long size, int advice) {
            try {
                int _ = (int) MADVISE.invokeExact(MemorySegment.ofAddress(address), size, advice);
            } catch (Throwable failure) {
                throw new IllegalStateException("madvise cannot be called", failure);
            }
        }
    }
}
