package io.memring.server;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.ServerChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;

import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;

/** Java's own selectors, for machines without epoll. */
final class NioTransport extends NettyTransport {

    @Override
    String name() {
        return Transport.NIO.optionName();
    }

    @Override
    int descriptorsPerLoop() {
        return 2; // the selector and what wakes it up
    }

    @Override
    IoHandlerFactory ioHandlerFactory(ByteBufAllocator buffers) {
        return NioIoHandler.newFactory();
    }

    @Override
    ServerChannel newTcpListener() {
        return new NioServerSocketChannel();
    }

    @Override
    ServerChannel newUnixListener() {
        return new NioServerDomainSocketChannel();
    }

    @Override
    DatagramChannel newUdpSocket() {
        return new NioDatagramChannel();
    }

    @Override
    SocketAddress unixAddress(Path path) {
        return UnixDomainSocketAddress.of(path);
    }

    @Override
    void configure(Channel connection, RecvByteBufAllocator sharedReads) {
        connection.config().setRecvByteBufAllocator(sharedReads);
    }
}
