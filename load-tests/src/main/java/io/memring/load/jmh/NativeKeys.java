package io.memring.load.jmh;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.memring.engine.EngineWorker;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Keys of twelve bytes in native memory with their hashes, dealt out in an order that no cache line
 * likes.
 */
final class NativeKeys {

    static final int KEY_LENGTH = 12;

    /** Odd, so that it visits every key of a power of two. */
    private static final int STEP = 48_271;

    private final MemorySegment bytes;
    private final long[] hashes;
    private int next;

    /** A power of two of keys, numbered from {@code first}. */
    NativeKeys(int count, int first) {
        bytes = Arena.ofAuto().allocate((long) count * KEY_LENGTH);
        hashes = new long[count];
        for (int i = 0; i < count; i++) {
            byte[] key = name(first + i).getBytes(US_ASCII);
            MemorySegment.copy(key, 0, bytes, JAVA_BYTE, (long) i * KEY_LENGTH, KEY_LENGTH);
            hashes[i] = EngineWorker.hash(address(i), KEY_LENGTH);
        }
    }

    static String name(int number) {
        return "key:%08d".formatted(number);
    }

    int count() {
        return hashes.length;
    }

    int next() {
        next = (next + STEP) & (hashes.length - 1);
        return next;
    }

    long address(int index) {
        return bytes.address() + (long) index * KEY_LENGTH;
    }

    long hash(int index) {
        return hashes[index];
    }
}
