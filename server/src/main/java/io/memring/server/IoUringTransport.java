package io.memring.server;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringBufferRingConfig;
import io.netty.channel.uring.IoUringChannelOption;
import io.netty.channel.uring.IoUringDatagramChannel;
import io.netty.channel.uring.IoUringFixedBufferRingAllocator;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringIoHandlerConfig;
import io.netty.channel.uring.IoUringServerDomainSocketChannel;
import io.netty.channel.uring.IoUringServerSocketChannel;

import java.net.SocketAddress;
import java.nio.file.Path;

/**
 * Linux io_uring. Each event loop has one ring of provided buffers that all its connections read
 * into, so that an idle connection holds no read buffer.
 */
final class IoUringTransport extends NettyTransport {

    private static final short BUFFER_GROUP = 0;
    private static final short BUFFERS_PER_RING = 64;

    /**
     * Buffers in the ring from the start; it grows to {@link #BUFFERS_PER_RING} when it runs dry.
     */
    private static final int BUFFER_BATCH = 16;

    private static final int BUFFER_SIZE = 16 << 10;

    /*
     * One receive request could serve a connection for life (multishot), but Netty 4.2.18 renews
     * one that has run out of buffers without asking whether the connection still wants to read: a
     * client that sends faster than it is served would fill the memory. Read once, by Netty, when
     * its io_uring is first used.
     */
    static {
        System.setProperty("io.netty.iouring.recvMultiShotEnabled", "false");
    }

    static boolean isAvailable() {
        return IoUring.isAvailable() && IoUring.isRegisterBufferRingSupported();
    }

    @Override
    String name() {
        return Transport.IO_URING.optionName();
    }

    @Override
    int descriptorsPerLoop() {
        return 3; // the ring, the eventfd that wakes it up and the ring that sends
    }

    @Override
    IoHandlerFactory ioHandlerFactory(ByteBufAllocator buffers) {
        IoUringBufferRingConfig ring =
                IoUringBufferRingConfig.builder()
                        .bufferGroupId(BUFFER_GROUP)
                        .bufferRingSize(BUFFERS_PER_RING)
                        .batchSize(BUFFER_BATCH)
                        .allocator(new IoUringFixedBufferRingAllocator(buffers, BUFFER_SIZE))
                        .build();
        return IoUringIoHandler.newFactory(new IoUringIoHandlerConfig().setBufferRingConfig(ring));
    }

    @Override
    ServerChannel newTcpListener() {
        return new IoUringServerSocketChannel();
    }

    @Override
    ServerChannel newUnixListener() {
        return new IoUringServerDomainSocketChannel();
    }

    @Override
    DatagramChannel newUdpSocket() {
        return new IoUringDatagramChannel();
    }

    @Override
    SocketAddress unixAddress(Path path) {
        return new DomainSocketAddress(path.toFile());
    }

    @Override
    void configure(Channel connection, RecvByteBufAllocator sharedReads) {
        connection.config().setOption(IoUringChannelOption.IO_URING_BUFFER_GROUP_ID, BUFFER_GROUP);
    }
}
