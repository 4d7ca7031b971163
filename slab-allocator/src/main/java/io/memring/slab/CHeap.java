package io.memring.slab;

import io.memring.slab.libc.CFunction;

/** The C library's heap. */
final class CHeap {

    private static final CFunction MALLOC = CFunction.link("malloc");
    private static final CFunction FREE = CFunction.link("free");

    private CHeap() {}

    static long allocate(long length) {
        long address = MALLOC.call(length);
        if (address == 0) {
            throw new OutOfMemoryError("The C heap is exhausted: length=" + length);
        }
        return address;
    }

    static void free(long address) {
        FREE.call(address);
    }
}
