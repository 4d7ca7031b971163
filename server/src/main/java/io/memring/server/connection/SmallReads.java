package io.memring.server.connection;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;

/**
 * Copies what small reads bring into a plain buffer, which all connections of a worker use in turn.
 *
 * <p>The transport hands out slices of large buffers. A decoder looks at the bytes of a request
 * dozens of times, and every look through a slice costs more than its share of one copy; besides, a
 * client that keeps half a request then pins no read buffer. Reads of more bytes, which are mostly
 * values, are taken as they are. Used by one thread.
 */
final class SmallReads {
    static final int MAX_BYTES = 4096;

    private ByteBuf copies = Unpooled.EMPTY_BUFFER;
    private boolean closed;

    /**
     * What the decoder should work on: a direct buffer with the bytes of a read, which is released
     * if they were copied. The caller owns the result.
     */
    ByteBuf take(ByteBuf read, ByteBufAllocator allocator) {
        int length = read.readableBytes();
        if (length > MAX_BYTES && read.hasMemoryAddress()) {
            return read;
        }
        ByteBuf copy =
                length > MAX_BYTES || closed
                        ? allocator.directBuffer(length)
                        : free(allocator).clear().retain();
        copy.writeBytes(read);
        read.release();
        return copy;
    }

    /** The buffer, or a new one when a connection still works on what is in it. */
    private ByteBuf free(ByteBufAllocator allocator) {
        if (copies.refCnt() > 1 || copies.capacity() == 0) {
            copies.release();
            copies = allocator.directBuffer(MAX_BYTES);
        }
        return copies;
    }

    /** Frees the buffer; later reads get one each. */
    void close() {
        closed = true;
        copies.release();
        copies = Unpooled.EMPTY_BUFFER;
    }
}
