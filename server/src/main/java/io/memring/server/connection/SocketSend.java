package io.memring.server.connection;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.netty.buffer.ByteBuf;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;

/** The system call {@code send} of Linux, in the one form that Netty has not: it never waits. */
final class SocketSend {

    /** Linux, {@code linux/socket.h}: do not wait for room in the send buffer. */
    private static final int MSG_DONTWAIT = 0x40;

    /** Linux, {@code linux/socket.h}: a peer that is gone is an error, not a signal. */
    private static final int MSG_NOSIGNAL = 0x4000;

    private static final MethodHandle SEND = link();

    private SocketSend() {}

    /**
     * Sends what the socket takes at once, and moves the reader index behind it.
     *
     * @param socket the descriptor of a connected socket, open now and until this returns
     * @param bytes with a memory address
     * @return true if that was everything; false also when the connection is broken
     */
    static boolean sendAll(int socket, ByteBuf bytes) {
        int length = bytes.readableBytes();
        long sent = send(socket, bytes.memoryAddress() + bytes.readerIndex(), length);
        if (sent > 0) {
            bytes.skipBytes((int) sent);
        }
        return sent == length;
    }

    private static long send(int socket, long address, long length) {
        try {
            return (long) SEND.invokeExact(socket, address, length, MSG_DONTWAIT | MSG_NOSIGNAL);
        } catch (Throwable failure) { // Declared by every method handle; send throws nothing.
            throw new IllegalStateException("send cannot be called", failure);
        }
    }

    @SuppressWarnings("restricted") // The function reads what a ByteBuf owns, and no further.
    private static MethodHandle link() {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow("send"),
                FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT));
    }
}
