package io.memring.engine;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Native memory for the states of the sequence tests, of which there are millions: a ring of zeroed
 * slots, larger than the number of states alive at a time.
 */
final class NativeSlots {

    /** Two lines for a sequence word, one for what it guards. */
    static final int BYTES = StripeSequence.BYTES + 64;

    private static final int SLOTS = 1 << 19;
    private static final MemorySegment MEMORY =
            Arena.global().allocate((long) SLOTS * BYTES, StripeSequence.BYTES);
    private static final AtomicInteger NEXT = new AtomicInteger();

    private NativeSlots() {}

    static long next() {
        long offset = (long) (NEXT.getAndIncrement() & (SLOTS - 1)) * BYTES;
        MEMORY.asSlice(offset, BYTES).fill((byte) 0);
        return MEMORY.address() + offset;
    }
}
