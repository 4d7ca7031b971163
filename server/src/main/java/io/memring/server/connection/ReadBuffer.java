package io.memring.server.connection;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;

/**
 * The buffer that connections of a worker take their requests from, one after the other, where
 * their channels read; what does not go through a channel comes in a {@link ReadRound}.
 *
 * <p>It stays in the processor's cache, and an idle connection has none. Where a transport waits
 * until there is something to read (epoll, NIO), it reads straight into this buffer. Others have
 * slices of large buffers filled meanwhile (io_uring), or buffers of their own (TLS): small reads
 * of theirs are copied here, since a decoder looks at the bytes of a request dozens of times, and
 * every look through a slice costs more than its share of one copy. Larger ones, which are mostly
 * values, are taken as they are. A connection that must keep what it has read keeps the buffer, and
 * the others get a new one. Used by the worker's thread only.
 */
final class ReadBuffer extends DefaultMaxMessagesRecvByteBufAllocator {
    /** Reads of others that have more bytes are not copied. */
    static final int MAX_COPIED_BYTES = 4096;

    static final int CAPACITY = 16 << 10;

    /** So often a full buffer is read for a connection before others have their turn. */
    static final int READS_PER_EVENT = 4;

    private final Reads reads = new Reads();
    private ByteBuf buffer = Unpooled.EMPTY_BUFFER;
    private boolean closed;

    ReadBuffer() {
        super(READS_PER_EVENT);
    }

    /** One for all channels of the worker, since the next reads when the one before is done. */
    @Override
    public MaxMessageHandle newHandle() {
        return reads;
    }

    private final class Reads extends MaxMessageHandle {
        @Override
        public int guess() {
            return CAPACITY;
        }

        @Override
        public ByteBuf allocate(ByteBufAllocator allocator) {
            return empty(CAPACITY, allocator);
        }
    }

    /**
     * What a decoder should work on: a direct buffer with the bytes of a read, which is released if
     * they were copied. The caller owns the result.
     */
    @SuppressWarnings("ReferenceEquality") // By equals, other buffers with these bytes would do.
    ByteBuf take(ByteBuf read, ByteBufAllocator allocator) {
        int length = read.readableBytes();
        if (read == buffer || length > MAX_COPIED_BYTES && read.hasMemoryAddress()) {
            return read;
        }
        ByteBuf copy = empty(length, allocator);
        copy.writeBytes(read);
        read.release();
        return copy;
    }

    /** The buffer with nothing in it, or another one; the caller owns it. */
    private ByteBuf empty(int capacity, ByteBufAllocator allocator) {
        if (closed || capacity > CAPACITY) {
            return allocator.directBuffer(capacity);
        }
        if (buffer.refCnt() > 1 || buffer.capacity() == 0) {
            ByteBuf next = allocator.directBuffer(CAPACITY); // May fail; then all is as before.
            buffer.release();
            buffer = next;
        }
        return buffer.clear().retain();
    }

    /** Frees the buffer; later reads get one each. */
    void close() {
        closed = true;
        buffer.release();
        buffer = Unpooled.EMPTY_BUFFER;
    }
}
