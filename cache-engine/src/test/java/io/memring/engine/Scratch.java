package io.memring.engine;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * Native memory that a test lends to the engine for a key or a value, as a connection lends its
 * buffers. Bytes are given and taken as strings of Latin 1. A guard behind the last byte tells when
 * the engine wrote too far.
 */
final class Scratch implements AutoCloseable {

    private static final int GUARD_BYTES = 16;
    private static final byte GUARD = 0x5a;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment bytes;

    Scratch(int capacity) {
        bytes = arena.allocate(capacity + GUARD_BYTES);
    }

    long address() {
        return bytes.address();
    }

    /** Fills the memory from its start and answers its address. */
    long put(String content) {
        byte[] source = content.getBytes(ISO_8859_1);
        MemorySegment.copy(source, 0, bytes, JAVA_BYTE, 0, source.length);
        return bytes.address();
    }

    /** Says that the engine will write this many bytes and no more; {@link #take} checks it. */
    long expect(int length) {
        bytes.asSlice(length, GUARD_BYTES).fill(GUARD);
        return bytes.address();
    }

    /** The memory as a buffer, for content that is not a string. */
    ByteBuffer buffer() {
        return bytes.asByteBuffer();
    }

    void checkGuard(int length) {
        for (int i = 0; i < GUARD_BYTES; i++) {
            byte guard = bytes.get(JAVA_BYTE, length + i);
            if (guard != GUARD) {
                throw new AssertionError("byte " + i + " behind the value was written: " + guard);
            }
        }
    }

    String take(int length) {
        checkGuard(length);
        return new String(bytes.asSlice(0, length).toArray(JAVA_BYTE), ISO_8859_1);
    }

    @Override
    public void close() {
        arena.close();
    }
}
