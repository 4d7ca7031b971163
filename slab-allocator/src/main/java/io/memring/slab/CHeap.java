package io.memring.slab;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** The C library's heap. */
final class CHeap {

    private static final MethodHandle MALLOC =
            CLibrary.link("malloc", FunctionDescriptor.of(ADDRESS, JAVA_LONG));
    private static final MethodHandle FREE =
            CLibrary.link("free", FunctionDescriptor.ofVoid(ADDRESS));

    private CHeap() {}

    static long allocate(long length) {
        MemorySegment block;
        try {
            block = (MemorySegment) MALLOC.invokeExact(length);
        } catch (Throwable failure) {
            throw new IllegalStateException("malloc cannot be called", failure);
        }
        if (block.address() == 0) {
            throw new OutOfMemoryError("The C heap is exhausted: length=" + length);
        }
        return block.address();
    }

    static void free(long address) {
        try {
            FREE.invokeExact(MemorySegment.ofAddress(address));
        } catch (Throwable failure) {
            throw new IllegalStateException("free cannot be called", failure);
        }
    }
}
