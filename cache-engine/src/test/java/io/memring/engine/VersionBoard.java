package io.memring.engine;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What may be read under each key. Every key has one writer, which numbers its changes; a deletion
 * is a change, too, and takes a number that no value has.
 */
final class VersionBoard {

    private final AtomicLongArray begun;
    private final AtomicLongArray done;
    private final AtomicLongArray flushFloors;

    VersionBoard(int keys) {
        begun = new AtomicLongArray(keys);
        done = new AtomicLongArray(keys);
        flushFloors = new AtomicLongArray(keys);
    }

    int keys() {
        return begun.length();
    }

    /** The writer is about to make its next change; from now on the version may be seen. */
    long begin(int key) {
        return begun.incrementAndGet(key);
    }

    /** The change is done: nothing older may be seen any more. */
    void done(int key, long version) {
        done.set(key, version);
    }

    /** The oldest version that a read which begins now may see. */
    long floor(int key) {
        return Math.max(done.get(key), flushFloors.get(key));
    }

    /** To be taken before a flush, and given to {@link #flushed} after it. */
    long[] beforeFlush() {
        long[] versions = new long[keys()];
        Arrays.setAll(versions, done::get);
        return versions;
    }

    /** What was there before the flush may not be seen any more. */
    void flushed(long[] before) {
        for (int key = 0; key < before.length; key++) {
            flushFloors.accumulateAndGet(key, before[key] + 1, Math::max);
        }
    }

    /**
     * Throws when a version was seen that is older than the floor at the read's beginning, or from
     * the future.
     */
    void check(int key, long version, long floorAtBeginning) {
        if (version < floorAtBeginning) {
            throw new AssertionError(
                    "stale: key %d, version %d, but %d was there before the read"
                            .formatted(key, version, floorAtBeginning));
        }
        if (version > begun.get(key)) {
            throw new AssertionError(
                    "key %d, version %d is not written yet".formatted(key, version));
        }
    }
}
