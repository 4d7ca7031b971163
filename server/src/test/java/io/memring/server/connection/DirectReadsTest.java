package io.memring.server.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import static java.nio.charset.StandardCharsets.US_ASCII;

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
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Which reads go past the channel; what they bring is what the wire tests are about. */
final class DirectReadsTest {
    private static final int TIMEOUT_MILLIS = 20_000;

    private final LimitedBuffers buffers = new LimitedBuffers();
    private final CoarseClock clock = new CoarseClock();
    private final CacheEngine cache = CacheEngine.open(EngineConfig.defaults(), clock);
    private final AtomicInteger channelReads = new AtomicInteger();
    private WorkerLoop loop;
    private Worker worker;

    @BeforeEach
    void start() {
        assumeTrue(Epoll.isAvailable());
        loop =
                WorkerLoop.open(
                        new DefaultThreadFactory("loop"), EpollIoHandler.newFactory(), buffers);
        ConnectionConfig config = new ConnectionConfig(20, 0, 0, 0, Binding.AUTO);
        worker = new Worker(0, loop, cache, config, new QuietNode(null), clock);
        worker.start();
    }

    @AfterEach
    void stop() {
        worker.stop();
        loop.events()
                .shutdownGracefully(0, TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
                .syncUninterruptibly();
        cache.close();
        assertThat(buffers.inUse()).isZero();
    }

    @Test
    void requests_goPastTheChannel_andTheEndDoesNot() throws IOException {
        try (Socket client = connect()) {
            for (int i = 0; i < 3; i++) {
                assertThat(ask(client, "mn\r\n", 4)).isEqualTo("MN\r\n");
            }
            assertThat(channelReads).hasValue(0);

            client.shutdownOutput();

            assertThat(client.getInputStream().read()).isEqualTo(-1);
            assertThat(channelReads).hasPositiveValue();
        }
    }

    /** More than all reads of one event take: the rest comes with the next. */
    @Test
    void longRequests_goPastTheChannelInParts() throws IOException {
        int length = 3 * ReadBuffer.READS_PER_EVENT * ReadBuffer.CAPACITY;
        try (Socket client = connect()) {
            String request = "set k 0 0 %d\r\n%s\r\n".formatted(length, "v".repeat(length));

            assertThat(ask(client, request, 8)).isEqualTo("STORED\r\n");
            assertThat(ask(client, "mg k s\r\n", 12)).isEqualTo("HD s%d\r\n".formatted(length));
            assertThat(channelReads).hasValue(0);
        }
    }

    /** Such as one that decrypts. */
    @Test
    void connectionsBehindOtherHandlers_readByTheChannel() throws IOException {
        try (Socket client = connect(new ChannelInboundHandlerAdapter())) {
            assertThat(ask(client, "mn\r\n", 4)).isEqualTo("MN\r\n");
            assertThat(channelReads).hasPositiveValue();
        }
    }

    /** It ends this connection; the others are served. */
    @Test
    void readsForWhichThereIsNoMemory_endTheConnection() throws IOException {
        try (Socket unlucky = connect();
                Socket client = connect()) {
            buffers.exhausted = true;
            unlucky.getOutputStream().write("mn\r\n".getBytes(US_ASCII));
            assertThatExceptionOfType(SocketException.class) // Reset, with the request unread.
                    .isThrownBy(() -> unlucky.getInputStream().read());
            buffers.exhausted = false;

            assertThat(ask(client, "mn\r\n", 4)).isEqualTo("MN\r\n");
            assertThat(channelReads).hasValue(0);
        }
    }

    private static String ask(Socket client, String request, int length) throws IOException {
        client.getOutputStream().write(request.getBytes(US_ASCII));
        return new String(client.getInputStream().readNBytes(length), US_ASCII);
    }

    /** A client of a connection behind these handlers, whose channel counts its reads. */
    private Socket connect(ChannelHandler... before) throws IOException {
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
