package io.memring.client.connection;

import io.netty.channel.Channel;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringSocketChannel;

/** The ways of doing input and output. */
public enum IoKind {
    /** Linux epoll. */
    EPOLL,
    /** Java's own selectors. */
    NIO,
    /** Linux io_uring, if the application brings Netty's library for it along. */
    IO_URING;

    /** Whether this machine has it. */
    public boolean isAvailable() {
        try {
            return switch (this) {
                case IO_URING -> IoUring.isAvailable();
                case EPOLL -> Epoll.isAvailable();
                case NIO -> true;
            };
        } catch (NoClassDefFoundError e) {
            return false; // The library is not there.
        }
    }

    /**
     * The one that is taken unless somebody chooses: with one connection to a node, io_uring has no
     * calls to save, and each of its own costs more.
     */
    public static IoKind best() {
        return EPOLL.isAvailable() ? EPOLL : NIO;
    }

    IoHandlerFactory newHandlers() {
        return switch (this) {
            case IO_URING -> IoUringIoHandler.newFactory();
            case EPOLL -> EpollIoHandler.newFactory();
            case NIO -> NioIoHandler.newFactory();
        };
    }

    Class<? extends Channel> channelType() {
        return switch (this) {
            case IO_URING -> IoUringSocketChannel.class;
            case EPOLL -> EpollSocketChannel.class;
            case NIO -> NioSocketChannel.class;
        };
    }
}
