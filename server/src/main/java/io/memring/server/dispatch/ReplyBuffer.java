package io.memring.server.dispatch;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;

/**
 * The replies of one connection that have not been handed to its channel yet: a few buffers, the
 * last of which is being written.
 *
 * <p>Replies of a request that may still fail as a whole (a key list with a bad key at its end) are
 * written behind a mark; {@link #poll} holds them back until {@link #release}, and {@link #rewind}
 * takes them back. Used by the connection's worker only.
 */
public final class ReplyBuffer {
    /** Beyond this many bytes {@link #isFull} asks for the replies to be sent. */
    public static final int FULL_BYTES = 256 << 10;

    private static final int SMALLEST_BUFFER = 512;
    private static final int LARGEST_FIRST_BUFFER = 32 << 10;

    private final ByteBufAllocator allocator;
    private final SpareBuffers spare;

    /** The buffer being written, and sent last. */
    private @Nullable ByteBuf current;

    /**
     * Full buffers, the next one to send first; null until there is one for the first time, which
     * on most connections there never is.
     */
    private @Nullable ArrayDeque<ByteBuf> earlier;

    private int earlierBytes;

    /** What the next buffer should hold: as much as the last batch of replies took. */
    private int expectedBytes = SMALLEST_BUFFER;

    private boolean marked;

    /** Buffers in front of the one with the mark, and the mark's index in that one. */
    private int buffersBeforeMark;

    private int markIndex;

    public ReplyBuffer(ByteBufAllocator allocator, SpareBuffers spare) {
        this.allocator = allocator;
        this.spare = spare;
    }

    /** The buffer to write the next reply to, with room for the given number of bytes at least. */
    public ByteBuf reserve(int bytes) {
        ByteBuf buffer = current;
        if (buffer != null && buffer.writableBytes() >= bytes) {
            return buffer;
        }
        return nextBuffer(bytes);
    }

    private ByteBuf nextBuffer(int bytes) {
        ByteBuf next = spare.take(Math.max(bytes, expectedBytes), allocator);
        ByteBuf full = current;
        if (full != null) {
            addEarlier(full);
        }
        current = next;
        expectedBytes = Math.min(expectedBytes * 2, LARGEST_FIRST_BUFFER);
        return next;
    }

    private void addEarlier(ByteBuf full) {
        ArrayDeque<ByteBuf> queue = earlier;
        if (queue == null) {
            queue = new ArrayDeque<>(2);
            earlier = queue;
        }
        queue.add(full);
        earlierBytes += full.readableBytes();
    }

    private int earlierCount() {
        ArrayDeque<ByteBuf> queue = earlier;
        return queue == null ? 0 : queue.size();
    }

    public int bytes() {
        ByteBuf buffer = current;
        return buffer == null ? 0 : earlierBytes + buffer.readableBytes();
    }

    public boolean isFull() {
        return bytes() >= FULL_BYTES;
    }

    /** Replies from here on are held back until {@link #release} or {@link #rewind}. */
    public void mark() {
        marked = true;
        ByteBuf buffer = current;
        buffersBeforeMark = earlierCount();
        markIndex = buffer == null ? 0 : buffer.writerIndex();
    }

    /** What was written since the mark stays. */
    public void release() {
        marked = false;
    }

    /** Takes back what was written since the mark, unless it was released. */
    public void rewind() {
        if (!marked) {
            return;
        }
        marked = false;
        ByteBuf buffer = current;
        ArrayDeque<ByteBuf> queue = earlier;
        while (buffer != null && queue != null && queue.size() > buffersBeforeMark) {
            buffer.release();
            buffer = queue.removeLast();
            earlierBytes -= buffer.readableBytes();
        }
        current = buffer;
        if (buffer != null) {
            buffer.writerIndex(markIndex);
        }
    }

    /** Whether some are held back, so that {@link #poll} may need memory to divide a buffer. */
    public boolean isMarked() {
        return marked;
    }

    /** The next buffer to send, owned by the caller; null when nothing may be sent now. */
    public @Nullable ByteBuf poll() {
        if (marked && buffersBeforeMark == 0) {
            return pollUpToMark();
        }
        ArrayDeque<ByteBuf> queue = earlier;
        ByteBuf first = queue == null ? null : queue.poll();
        if (first == null) {
            ByteBuf last = current;
            return last == null ? null : takeLast(last);
        }
        buffersBeforeMark--;
        earlierBytes -= first.readableBytes();
        return first;
    }

    private @Nullable ByteBuf takeLast(ByteBuf last) {
        current = null;
        int bytes = last.readableBytes();
        expectedBytes = Math.clamp(bytes + (bytes >> 2), SMALLEST_BUFFER, LARGEST_FIRST_BUFFER);
        if (bytes == 0) {
            recycle(last);
            return null;
        }
        return last;
    }

    /**
     * Divides the buffer at the mark. What is held back, perhaps for long, moves to a buffer that
     * is no larger than it must be.
     */
    private @Nullable ByteBuf pollUpToMark() {
        ArrayDeque<ByteBuf> queue = earlier;
        ByteBuf first = queue == null ? null : queue.peek();
        ByteBuf divided = first == null ? current : first;
        if (divided == null || (markIndex == 0 && isFilled(divided))) {
            return null;
        }
        int heldBack = divided.writerIndex() - markIndex;
        ByteBuf rest = allocator.directBuffer(Math.max(heldBack, SMALLEST_BUFFER));
        rest.writeBytes(divided, markIndex, heldBack);
        divided.writerIndex(markIndex);
        markIndex = 0;
        if (queue == null || first == null) {
            current = rest;
        } else {
            queue.removeFirst();
            queue.addFirst(rest);
            earlierBytes -= divided.readableBytes();
        }
        if (divided.isReadable()) {
            return divided;
        }
        recycle(divided);
        return null;
    }

    private static boolean isFilled(ByteBuf buffer) {
        return buffer.capacity() <= Math.max(SMALLEST_BUFFER, 2 * buffer.readableBytes());
    }

    /** Takes back a buffer whose replies have been sent, to be written to again. */
    public void recycle(ByteBuf sent) {
        spare.giveBack(sent);
    }

    /** Frees everything. */
    public void close() {
        marked = false;
        ArrayDeque<ByteBuf> queue = earlier;
        if (queue != null) {
            queue.forEach(ByteBuf::release);
            earlier = null;
            earlierBytes = 0;
        }
        ByteBuf buffer = current;
        if (buffer != null) {
            buffer.release();
            current = null;
        }
    }
}
