package io.memring.server.connection;

import io.memring.slab.libc.CFunction;
import io.netty.buffer.ByteBuf;

/** The system calls {@code send} and {@code recv} of Linux, which here never wait. */
final class SocketCalls {

    /** Linux, {@code linux/socket.h}: do not wait for room in the send buffer, or for bytes. */
    private static final int MSG_DONTWAIT = 0x40;

    /** Linux, {@code linux/socket.h}: a peer that is gone is an error, not a signal. */
    private static final int MSG_NOSIGNAL = 0x4000;

    /** Of each {@code send}. */
    static final int SEND_FLAGS = MSG_DONTWAIT | MSG_NOSIGNAL;

    private static final CFunction SEND = CFunction.link("send");
    private static final CFunction RECEIVE = CFunction.link("recv");

    private SocketCalls() {}

    /**
     * Sends what the socket takes at once, and moves the reader index behind it.
     *
     * @param socket the descriptor of a connected socket, open now and until this returns
     * @param bytes with a memory address
     * @return true if that was everything; false also when the connection is broken
     */
    static boolean sendAll(int socket, ByteBuf bytes) {
        int length = bytes.readableBytes();
        long address = bytes.memoryAddress() + bytes.readerIndex();
        long sent = SEND.call(socket, address, length, SEND_FLAGS);
        if (sent > 0) {
            bytes.skipBytes((int) sent);
        }
        return sent == length;
    }

    /**
     * Takes what has arrived, as far as there is room for it behind the writer index, and moves
     * that.
     *
     * @param socket the descriptor of a connected socket, open now and until this returns
     * @param bytes with a memory address
     * @return true if there was something; false also at the end, or when the connection is broken
     */
    static boolean receive(int socket, ByteBuf bytes) {
        int index = bytes.writerIndex();
        long address = bytes.memoryAddress() + index;
        long received = RECEIVE.call(socket, address, bytes.writableBytes(), MSG_DONTWAIT);
        if (received > 0) {
            bytes.writerIndex(index + (int) received);
        }
        return received > 0;
    }
}
