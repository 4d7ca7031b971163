package io.memring.client.connection;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FastThreadLocalThread;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The event loops of a client, and what it takes to make connections on them. */
public final class Network implements AutoCloseable {
    private final EventLoopGroup loops;
    private final Class<? extends Channel> channelType;
    private final HostResolver resolver = new HostResolver();

    /**
     * Starts event loops.
     *
     * @param threads how many
     * @param nativeTransport whether to use epoll where the machine has it
     */
    public Network(int threads, boolean nativeTransport) {
        boolean epoll = nativeTransport && Epoll.isAvailable();
        IoHandlerFactory handlers = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        loops =
                new MultiThreadIoEventLoopGroup(
                        threads, new DefaultThreadFactory("memring-client", true), handlers);
        channelType = epoll ? EpollSocketChannel.class : NioSocketChannel.class;
    }

    /** True on a thread that must not wait for results, since it brings them. */
    public boolean isOnLoop() {
        Thread thread = Thread.currentThread();
        if (!(thread instanceof FastThreadLocalThread)) {
            return false;
        }
        for (EventExecutor loop : loops) {
            if (loop.inEventLoop(thread)) {
                return true;
            }
        }
        return false;
    }

    EventLoop nextLoop() {
        return loops.next();
    }

    HostResolver resolver() {
        return resolver;
    }

    Bootstrap bootstrap(EventLoop loop, Duration connectTimeout) {
        return new Bootstrap()
                .group(loop)
                .channel(channelType)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) connectTimeout.toMillis())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true);
    }

    /** Stops the event loops; connections are to be closed before. */
    @Override
    public void close() {
        resolver.close();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
