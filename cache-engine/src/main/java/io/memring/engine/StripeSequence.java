package io.memring.engine;

import io.memring.slab.SlabMemory;

/**
 * The word that guards a stripe: even when free, odd while somebody changes it, two more after each
 * change.
 *
 * <p>A writer takes it from even to odd, changes what it likes with plain writes, and sets the next
 * even value. A reader takes nothing: it notes an even value, reads with plain reads, and checks
 * that the value is still the same. What it read before a failed check may be torn and must be
 * thrown away. Each word has two cache lines for itself.
 */
final class StripeSequence {

    /** Bytes between the words of two stripes: processors fetch lines in pairs. */
    static final int BYTES = 128;

    private final long address;

    StripeSequence(long address) {
        this.address = address;
    }

    /** Acquire: what is read afterwards is at least as new as the value. */
    long read() {
        return SlabMemory.getLongAcquire(address);
    }

    static boolean isHeld(long value) {
        return (value & 1) != 0;
    }

    /** Takes the stripe if it is free; never waits. */
    boolean tryAcquire() {
        long value = read();
        return !isHeld(value) && tryAcquireFrom(value);
    }

    /** Takes the stripe if nothing has changed since {@code value} was read. */
    boolean tryAcquireFrom(long value) {
        if (!SlabMemory.compareAndSet(address, value, value + 1)) {
            return false;
        }
        SlabMemory.writeFence();
        return true;
    }

    /** Gives the stripe back; release: readers of the new value see every change. */
    void release() {
        SlabMemory.putLongRelease(address, SlabMemory.getLong(address) + 1);
    }

    /** Nothing has changed since {@code value} was read, so what was read in between is right. */
    boolean isUnchangedSince(long value) {
        SlabMemory.readFence();
        return SlabMemory.getLongAcquire(address) == value;
    }
}
