package io.memring.server;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.uring.IoUring;

import java.net.SocketAddress;
import java.nio.file.Path;

/** What a node needs from one of Netty's transports. */
abstract sealed class NettyTransport permits IoUringTransport, EpollTransport, NioTransport {

    /** The transport asked for; with {@link Transport#AUTO} the best that works on this machine. */
    static NettyTransport choose(Transport wanted) {
        return switch (wanted) {
            case AUTO -> best();
            case IO_URING -> {
                require(wanted, IoUringTransport.isAvailable(), IoUring.unavailabilityCause());
                yield new IoUringTransport();
            }
            case EPOLL -> {
                require(wanted, Epoll.isAvailable(), Epoll.unavailabilityCause());
                yield new EpollTransport();
            }
            case NIO -> new NioTransport();
        };
    }

    private static NettyTransport best() {
        return Epoll.isAvailable() ? new EpollTransport() : new NioTransport();
    }

    private static void require(Transport wanted, boolean available, Throwable cause) {
        if (!available) {
            throw new InvalidOptionException(
                    "--transport",
                    wanted.optionName(),
                    "does not work on this machine"
                            + (cause == null ? "" : " (" + cause.getMessage() + ")"));
        }
    }

    /** The name on the command line. */
    abstract String name();

    /** Descriptors that each event loop needs for itself. */
    abstract int descriptorsPerLoop();

    /** Makes the inner part of event loops; {@code buffers} is where they read to. */
    abstract IoHandlerFactory ioHandlerFactory(ByteBufAllocator buffers);

    abstract ServerChannel newTcpListener();

    abstract ServerChannel newUnixListener();

    abstract DatagramChannel newUdpSocket();

    abstract SocketAddress unixAddress(Path path);

    /**
     * Sets what is particular to this transport on a new connection.
     *
     * @param sharedReads where the connections of a worker may read to, if each of them does so at
     *     once when there is something to read
     */
    abstract void configure(Channel connection, RecvByteBufAllocator sharedReads);
}
