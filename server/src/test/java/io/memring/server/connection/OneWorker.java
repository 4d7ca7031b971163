package io.memring.server.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.memring.engine.CacheEngine;
import io.memring.engine.CoarseClock;
import io.memring.engine.EngineConfig;
import io.memring.server.connection.ConnectionConfig.Binding;
import io.memring.server.wire.QuietNode;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A worker over epoll with real sockets, whose buffers and reads by channels are counted. */
final class OneWorker implements AutoCloseable {
    /** After so many requests of one connection the others have their turn. */
    static final int REQUESTS_PER_EVENT = 20;

    private static final int TIMEOUT_MILLIS = 20_000;

    private final LimitedBuffers buffers = new LimitedBuffers();
    private final CoarseClock clock = new CoarseClock();
    private final CacheEngine cache = CacheEngine.open(EngineConfig.defaults(), clock);
    private final AtomicInteger channelReads = new AtomicInteger();
    private final WorkerLoop loop =
            WorkerLoop.open(new DefaultThreadFactory("loop"), EpollIoHandler.newFactory(), buffers);
    private final Worker worker =
            new Worker(
                    0,
                    loop,
                    cache,
                    new ConnectionConfig(REQUESTS_PER_EVENT, 0, 0, 0, Binding.AUTO),
                    new QuietNode(null),
                    clock);

    private OneWorker() {
        worker.start();
    }

    /** Where there is no epoll, the test that asks for a worker is skipped. */
    static OneWorker open() {
        assumeTrue(Epoll.isAvailable());
        return new OneWorker();
    }

    /** What a test does while the worker sleeps. */
    interface Sending {
        void send() throws IOException;
    }

    /** Has everything that is sent arrive before the worker looks at its sockets again. */
    void sleepDuring(Sending sending) throws IOException, InterruptedException {
        CountDownLatch asleep = new CountDownLatch(1);
        CountDownLatch awake = new CountDownLatch(1);
        Future<?> sleep =
                loop.events()
                        .submit(
                                () -> {
                                    asleep.countDown();
                                    return awake.await(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
                                });
        asleep.await();
        try {
            sending.send();
        } finally {
            awake.countDown();
        }
        sleep.sync();
    }

    /** How often a channel of a connection has asked for a buffer to read to. */
    int channelReads() {
        return channelReads.get();
    }

    /** From now on, for this worker. */
    void refuseRings() throws InterruptedException {
        loop.events().submit(RefusedRings::forThisThread).sync();
    }

    void exhaustMemory(boolean exhausted) {
        buffers.exhausted = exhausted;
    }

    /** A client of a connection behind these handlers. */
    Socket connect(ChannelHandler... before) throws IOException {
        ChannelInitializer<Channel> welcome =
                new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.config().setAllocator(buffers);
                        channel.config().setRecvByteBufAllocator(new CountedReads());
                        channel.pipeline().addLast(before);
                        channel.pipeline().addLast(worker.newConnection(channel, null));
                    }
                };
        Channel listener =
                new ServerBootstrap()
                        .group(loop.events())
                        .channel(EpollServerSocketChannel.class)
                        .childHandler(welcome)
                        .bind(InetAddress.getLoopbackAddress(), 0)
                        .syncUninterruptibly()
                        .channel();
        InetSocketAddress address = (InetSocketAddress) listener.localAddress();
        Socket client = new Socket(address.getAddress(), address.getPort());
        client.setSoTimeout(TIMEOUT_MILLIS);
        return client;
    }

    @Override
    public void close() {
        worker.stop();
        loop.events()
                .shutdownGracefully(0, TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
                .syncUninterruptibly();
        cache.close();
        assertThat(buffers.inUse()).isZero();
    }

    private static final class LimitedBuffers extends AbstractByteBufAllocator {
        private final UnpooledByteBufAllocator memory = new UnpooledByteBufAllocator(true, true);
        private volatile boolean exhausted;

        long inUse() {
            return memory.metric().usedDirectMemory();
        }

        @Override
        protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
            return memory.heapBuffer(initialCapacity, maxCapacity);
        }

        @Override
        protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
            if (exhausted) {
                throw new OutOfMemoryError("as the test wants it");
            }
            return memory.directBuffer(initialCapacity, maxCapacity);
        }

        @Override
        public boolean isDirectBufferPooled() {
            return false;
        }
    }

    private final class CountedReads extends DefaultMaxMessagesRecvByteBufAllocator {
        @Override
        public MaxMessageHandle newHandle() {
            return new MaxMessageHandle() {
                @Override
                public int guess() {
                    return ReadBuffer.CAPACITY;
                }

                @Override
                public ByteBuf allocate(ByteBufAllocator allocator) {
                    channelReads.incrementAndGet();
                    return super.allocate(allocator);
                }
            };
        }
    }
}
