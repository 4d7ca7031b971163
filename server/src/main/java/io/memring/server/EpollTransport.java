package io.memring.server;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.unix.DomainSocketAddress;

import java.net.SocketAddress;
import java.nio.file.Path;

/** Linux epoll: a connection reads when there is something, into its worker's buffer. */
final class EpollTransport extends NettyTransport {

    @Override
    String name() {
        return Transport.EPOLL.optionName();
    }

    @Override
    int descriptorsPerLoop() {
        return 4; // epoll, the eventfd that wakes it up, the timerfd and the ring that sends
    }

    @Override
    IoHandlerFactory ioHandlerFactory(ByteBufAllocator buffers) {
        return EpollIoHandler.newFactory();
    }

    @Override
    ServerChannel newTcpListener() {
        return new EpollServerSocketChannel();
    }

    @Override
    ServerChannel newUnixListener() {
        return new EpollServerDomainSocketChannel();
    }

    @Override
    DatagramChannel newUdpSocket() {
        return new EpollDatagramChannel();
    }

    @Override
    SocketAddress unixAddress(Path path) {
        return new DomainSocketAddress(path.toFile());
    }

    @Override
    void configure(Channel connection, RecvByteBufAllocator sharedReads) {
        connection.config().setRecvByteBufAllocator(sharedReads);
    }
}
