package io.memring.server.dispatch;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

import org.jspecify.annotations.Nullable;

/**
 * The buffer that a worker has just sent replies from, kept for the next replies of any of its
 * connections: its memory is still in the processor's cache. Used by one thread.
 */
public final class SpareBuffer {
    private static final int LARGEST = 64 << 10;

    private @Nullable ByteBuf spare;
    private boolean closed;

    /** An empty direct buffer of at least that capacity, owned by the caller. */
    ByteBuf take(int capacity, ByteBufAllocator allocator) {
        ByteBuf kept = spare;
        if (kept == null || kept.capacity() < capacity) {
            return allocator.directBuffer(capacity);
        }
        spare = null;
        return kept;
    }

    /** Takes over a buffer that nobody else holds: keeps the larger of this and the last one. */
    void giveBack(ByteBuf buffer) {
        ByteBuf kept = spare;
        boolean isLarger = kept == null || buffer.capacity() > kept.capacity();
        if (closed || !isLarger || buffer.capacity() > LARGEST) {
            buffer.release();
            return;
        }
        if (kept != null) {
            kept.release();
        }
        spare = buffer.clear();
    }

    /** Frees it; later ones are freed as they come. */
    public void close() {
        closed = true;
        ByteBuf kept = spare;
        if (kept != null) {
            spare = null;
            kept.release();
        }
    }
}
