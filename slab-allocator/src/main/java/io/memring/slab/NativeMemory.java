package io.memring.slab;

import java.lang.foreign.Arena;

/** Where a {@link MemoryRegion} gets its memory from. */
abstract sealed class NativeMemory permits NativeMemory.Heap, MappedMemory {

    /** The system's own mapping calls where they are known, else zeroed memory of the C heap. */
    static NativeMemory choose() {
        return MappedMemory.isAvailable() ? new MappedMemory() : new Heap();
    }

    /** Address space costs nothing until it is touched. */
    static boolean isLazy() {
        return MappedMemory.isAvailable();
    }

    /** Address of {@code size} fresh bytes that read as zeros. */
    abstract long map(long size);

    abstract void unmap(long address, long size);

    /** Lets the system have the memory of a range until it is written again. */
    abstract void release(long address, long size);

    abstract void adviseHugePages(long address, long size);

    /**
     * Memory of the C heap, for systems without known mapping calls; one instance serves one
     * region.
     */
    static final class Heap extends NativeMemory {

        private static final int ALIGNMENT = 4096;

        private final Arena arena = Arena.ofShared();

        @Override
        long map(long size) {
            return arena.allocate(size, ALIGNMENT).address();
        }

        @Override
        void unmap(long address, long size) {
            arena.close();
        }

        @Override
        void release(long address, long size) {
            // The C heap takes memory back only as a whole.
        }

        @Override
        void adviseHugePages(long address, long size) {
            // The C heap decides for itself.
        }
    }
}
