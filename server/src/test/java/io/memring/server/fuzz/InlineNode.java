package io.memring.server.fuzz;

import io.memring.engine.CacheEngine;
import io.memring.engine.CoarseClock;
import io.memring.engine.EngineConfig;
import io.memring.engine.EngineWorker;
import io.memring.engine.StripeHolder;
import io.memring.server.connection.ConnectionConfig;
import io.memring.server.connection.ConnectionConfig.Binding;
import io.memring.server.connection.Worker;
import io.memring.server.dispatch.Logins;
import io.memring.server.wire.QuietNode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * A node without threads, clock or network: real connections of one worker, driven by hand. When it
 * is closed it checks that the engine agrees with itself, that nothing is left of what clients had
 * begun, that all buffers are back, and that no connection was ended by a bug.
 */
final class InlineNode implements AutoCloseable {
    private static final ConnectionConfig CONNECTIONS =
            new ConnectionConfig(20, 0, 0, 0, Binding.AUTO);

    /** One worker, which owns the few stripes there are. */
    private static final EngineConfig ENGINE =
            new EngineConfig(
                    16 << 20, 1 << 20, 1, 2, 0, 0, 48, 0, true, true, 20, 40, 0.2, 2.0, -1, true,
                    true);

    private final UnpooledByteBufAllocator buffers = new UnpooledByteBufAllocator(true, true);
    private final FixedClock clock = new FixedClock();
    private final CacheEngine cache = CacheEngine.open(ENGINE, clock);
    private final StripeHolder stripes = new StripeHolder(cache);
    private final EmbeddedChannel loop = new EmbeddedChannel();
    private final FailureWatch failures = FailureWatch.begin();
    private final List<Client> clients = new ArrayList<>();
    private final Worker worker;
    private boolean held;

    InlineNode(@Nullable Logins logins) {
        CoarseClock timeouts = new CoarseClock();
        QuietNode node = new QuietNode(logins);
        worker =
                new Worker(0, QuietNode.loop(loop.eventLoop()), cache, CONNECTIONS, node, timeouts);
        worker.start();
    }

    /** One connection to the node, and what came back on it. */
    final class Client {
        private final EmbeddedChannel channel = new EmbeddedChannel();
        private final ByteArrayOutputStream replies = new ByteArrayOutputStream();
        private boolean inputEnded;

        private Client() {
            channel.config().setAllocator(buffers);
            channel.pipeline().addLast(worker.newConnection(channel, null));
            channel.pipeline().fireChannelActive();
        }

        /** Nothing arrives at a closed connection, nor behind the end of input. */
        void send(byte[] bytes) {
            if (channel.isOpen() && !inputEnded) {
                channel.writeInbound(buffers.directBuffer(bytes.length).writeBytes(bytes));
            }
            collect();
        }

        void endInput() {
            inputEnded = true;
            channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
            channel.runPendingTasks();
            collect();
        }

        boolean isOpen() {
            return channel.isOpen();
        }

        byte[] replies() {
            return replies.toByteArray();
        }

        private void collect() {
            endRound();
            channel.runPendingTasks();
            for (ByteBuf next = channel.readOutbound();
                    next != null;
                    next = channel.readOutbound()) {
                byte[] bytes = new byte[next.readableBytes()];
                next.readBytes(bytes);
                next.release();
                replies.writeBytes(bytes);
            }
        }
    }

    Client connect() {
        Client client = new Client();
        clients.add(client);
        return client;
    }

    /** Somebody else writes to every stripe, until {@link #releaseStripes}. */
    void holdStripes() {
        stripes.hold();
        held = true;
    }

    /** An owner of held stripes would try again and again; its worker's round waits for it. */
    private void endRound() {
        if (!held) {
            loop.runPendingTasks();
        }
    }

    /** What has been handed to owners of stripes is done, and its connections go on. */
    void releaseStripes() {
        stripes.release();
        held = false;
        loop.runPendingTasks();
        clients.forEach(Client::collect);
    }

    void tick() {
        clock.tick();
        maintain();
    }

    private void maintain() {
        EngineWorker engine = cache.worker(0);
        while (engine.maintain()) {
            // The next slice.
        }
    }

    long items() {
        return cache.figures().currItems();
    }

    /** Everything comes to its end, and is then looked at. */
    void finish() {
        releaseStripes();
        cache.checkInvariants();
        for (Client client : clients) {
            var _ = client.channel.close();
            client.channel.finishAndReleaseAll();
        }
        worker.stop();
        loop.runPendingTasks();
        cache.checkInvariants();
        require(cache.figures().openUploads() == 0, "an upload is left");
        require(buffers.metric().usedDirectMemory() == 0, "direct buffers are left");
        require(buffers.metric().usedHeapMemory() == 0, "heap buffers are left");
        failures.check();
    }

    static void require(boolean condition, String what) {
        if (!condition) {
            throw new AssertionError(what);
        }
    }

    @Override
    public void close() {
        failures.close();
        cache.close();
    }
}
