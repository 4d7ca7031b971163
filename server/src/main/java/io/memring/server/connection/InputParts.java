package io.memring.server.connection;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

import org.jspecify.annotations.Nullable;

/**
 * Requests that arrive in parts: what both methods return is owned by the caller, in exchange for
 * the arguments.
 */
final class InputParts {
    private static final int SMALLEST_REST = 256;

    private InputParts() {}

    /** The bytes of both buffers in one. */
    static ByteBuf join(@Nullable ByteBuf first, ByteBuf second, ByteBufAllocator allocator) {
        if (first == null) {
            return second;
        }
        ByteBuf joined = first;
        int length = first.readableBytes() + second.readableBytes();
        if (first.refCnt() > 1 || first.maxFastWritableBytes() < second.readableBytes()) {
            joined = allocator.directBuffer(Math.max(length, SMALLEST_REST));
            joined.writeBytes(first);
            first.release();
        }
        joined.writeBytes(second);
        second.release();
        return joined;
    }

    /** The unread bytes in a buffer of their own, with room for as many more. */
    static ByteBuf moveRest(ByteBuf read, ByteBufAllocator allocator) {
        int length = read.readableBytes();
        ByteBuf rest = allocator.directBuffer(Math.max(2 * length, SMALLEST_REST));
        rest.writeBytes(read);
        read.release();
        return rest;
    }
}
