package io.memring.client.connection;

import io.memring.client.discovery.HostLookup;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FastThreadLocalThread;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** The event loops of a client, and what it takes to make connections on them. */
public final class Network implements AutoCloseable {
    private final EventLoopGroup loops;
    private final Class<? extends Channel> channelType;
    private final ExecutorService slowThread =
            Executors.newSingleThreadExecutor(
                    new DefaultThreadFactory("memring-client-slow", true));
    private final HostResolver resolver;

    /**
     * Starts event loops.
     *
     * @param threads how many
     * @param kind by which input and output are done
     * @param lookup finds the addresses of hosts
     */
    public Network(int threads, IoKind kind, HostLookup lookup) {
        resolver = new HostResolver(lookup, slowThread);
        loops =
                new MultiThreadIoEventLoopGroup(
                        threads,
                        new DefaultThreadFactory("memring-client", true),
                        kind.newHandlers());
        channelType = kind.channelType();
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

    /** For what takes too long for an event loop: looking up hosts, deriving keys. */
    Executor slowThread() {
        return slowThread;
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
        slowThread.shutdownNow();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
