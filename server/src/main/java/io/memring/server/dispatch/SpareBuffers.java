package io.memring.server.dispatch;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * The buffers that a worker has sent replies from, kept for the next replies of any of its
 * connections: the last one first, whose memory is most likely still in the processor's cache. Used
 * by one thread.
 */
public final class SpareBuffers {
    private static final int MAX_BUFFERS = 64;
    private static final int MAX_BYTES = 512 << 10;

    /** The largest that is kept. */
    private static final int LARGEST = 64 << 10;

    private final ByteBuf[] buffers = new ByteBuf[MAX_BUFFERS];
    private int count;
    private int bytes;
    private boolean closed;

    /** An empty direct buffer of at least that capacity, owned by the caller. */
    ByteBuf take(int capacity, ByteBufAllocator allocator) {
        if (count == 0) {
            return allocator.directBuffer(capacity);
        }
        ByteBuf last = removeLast();
        if (last.capacity() >= capacity) {
            return last;
        }
        // What will be given back instead of it is large enough.
        last.release();
        return allocator.directBuffer(capacity);
    }

    private ByteBuf removeLast() {
        ByteBuf last = buffers[--count];
        bytes -= last.capacity();
        return last;
    }

    /** Takes over a buffer that nobody else holds: keeps it, or frees it when there are enough. */
    void giveBack(ByteBuf buffer) {
        int capacity = buffer.capacity();
        boolean isWanted = capacity <= LARGEST && bytes + capacity <= MAX_BYTES;
        if (closed || count == MAX_BUFFERS || !isWanted) {
            buffer.release();
            return;
        }
        buffers[count++] = buffer.clear();
        bytes += capacity;
    }

    /** Frees them; later ones are freed as they come. */
    public void close() {
        closed = true;
        while (count > 0) {
            removeLast().release();
        }
    }
}
