package io.memring.server.dispatch;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

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
    private final ArrayDeque<ByteBuf> written = new ArrayDeque<>(0);
    private @Nullable ByteBuf current;
    private int writtenBytes;

    /** What the next buffer should hold: as much as the last batch of replies took. */
    private int expectedBytes = SMALLEST_BUFFER;

    private boolean marked;
    private @Nullable ByteBuf markedBuffer;
    private int markedIndex;

    public ReplyBuffer(ByteBufAllocator allocator) {
        this.allocator = allocator;
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
        ByteBuf next = allocator.directBuffer(Math.max(bytes, expectedBytes));
        ByteBuf full = current;
        if (full != null) {
            written.add(full);
            writtenBytes += full.readableBytes();
        }
        current = next;
        expectedBytes = Math.min(Math.max(expectedBytes * 2, SMALLEST_BUFFER), LARGEST_FIRST_BUFFER);
        return next;
    }

    public int bytes() {
        ByteBuf buffer = current;
        return buffer == null ? 0 : writtenBytes + buffer.readableBytes();
    }

    public boolean isFull() {
        return bytes() >= FULL_BYTES;
    }

    /** Replies from here on are held back until {@link #release} or {@link #rewind}. */
    public void mark() {
        marked = true;
        markedBuffer = current;
        markedIndex = current == null ? 0 : current.writerIndex();
    }

    /** What was written since the mark stays. */
    public void release() {
        marked = false;
        markedBuffer = null;
    }

    /** Takes back what was written since the mark and is still here. */
    public void rewind() {
        if (!marked) {
            return;
        }
        ByteBuf buffer = current;
        while (buffer != null && buffer != markedBuffer) {
            buffer.release();
            buffer = written.pollLast();
            writtenBytes -= buffer == null ? 0 : buffer.readableBytes();
        }
        current = buffer;
        if (buffer != null) {
            buffer.writerIndex(markedIndex);
        }
        release();
    }

    /** The next buffer to send, owned by the caller; null when nothing may be sent now. */
    public @Nullable ByteBuf poll() {
        if (marked) {
            return pollUpToMark();
        }
        ByteBuf first = written.poll();
        if (first != null) {
            writtenBytes -= first.readableBytes();
            return first;
        }
        return takeCurrent();
    }

    private @Nullable ByteBuf takeCurrent() {
        ByteBuf last = current;
        if (last == null) {
            return null;
        }
        current = null;
        int bytes = last.readableBytes();
        expectedBytes = Math.clamp(bytes + (bytes >> 2), SMALLEST_BUFFER, LARGEST_FIRST_BUFFER);
        if (bytes == 0) {
            last.release();
            return null;
        }
        return last;
    }

    private @Nullable ByteBuf pollUpToMark() {
        ByteBuf buffer = markedBuffer;
        if (buffer == null) {
            return null;
        }
        ByteBuf first = written.peek();
        if (first != null && first != buffer) {
            writtenBytes -= first.readableBytes();
            return written.poll();
        }
        int ready = markedIndex - buffer.readerIndex();
        if (ready == 0) {
            return null;
        }
        writtenBytes -= buffer == current ? 0 : ready;
        return buffer.readRetainedSlice(ready);
    }

    /** Gives up holding back, so that a request with endless replies cannot pile them up. */
    public void releaseIfFull() {
        if (isFull()) {
            release();
        }
    }

    /** Frees everything. */
    public void close() {
        release();
        for (ByteBuf buffer = poll(); buffer != null; buffer = poll()) {
            buffer.release();
        }
    }
}
