package io.memring.server;

import io.memring.server.connection.Worker;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelPromise;

import java.nio.charset.StandardCharsets;

/**
 * The handler of a listener: gives each accepted connection to the next worker in turn, or turns it
 * away when there are too many. On the listener's loop.
 */
final class Acceptor extends ChannelInboundHandlerAdapter {

    /** memcached's words. */
    private static final byte[] TOO_MANY =
            "ERROR Too many open connections\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Listeners listeners;
    private final WorkerPool workers;
    private final ConnectionLimit limit;
    private final boolean rejectOverLimit;
    private final Reception reception;
    private final RefusalLog refusals = new RefusalLog();
    private int nextWorker;

    Acceptor(
            Listeners listeners,
            WorkerPool workers,
            ConnectionLimit limit,
            boolean rejectOverLimit,
            Reception reception) {
        this.listeners = listeners;
        this.workers = workers;
        this.limit = limit;
        this.rejectOverLimit = rejectOverLimit;
        this.reception = reception;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        Channel connection = (Channel) message;
        listeners.accepted();
        if (!reception.allowed().allows(connection.remoteAddress())) {
            refuse(connection);
        } else if (limit.tryEnter()) {
            welcome(connection);
        } else if (rejectOverLimit) {
            reject(connection);
        } else {
            // Accepted by the system before the listeners could be told to pause.
            limit.enter();
            welcome(connection);
        }
        if (!rejectOverLimit && limit.isReached()) {
            listeners.pauseAtLimit();
        }
    }

    private void welcome(Channel connection) {
        connection.closeFuture().addListener(_ -> leave());
        Worker worker = nextWorker();
        listeners.configure(connection, worker.sharedReads(), reception.tls());
        connection.pipeline().addLast(worker.newConnection(connection, reception.binding()));
        register(worker, connection);
    }

    private void leave() {
        limit.leave();
        if (!rejectOverLimit) {
            listeners.resumeBelowLimit();
        }
    }

    /** Closes without a word. */
    private void refuse(Channel connection) {
        limit.countRejected();
        refusals.refused(connection.remoteAddress());
        connection.unsafe().closeForcibly();
    }

    /** Says why and closes; the connection has no handler and reads nothing. */
    private void reject(Channel connection) {
        limit.countRejected();
        connection.config().setAutoRead(false);
        register(nextWorker(), connection);
        connection
                .writeAndFlush(Unpooled.wrappedBuffer(TOO_MANY))
                .addListener(ChannelFutureListener.CLOSE);
    }

    private Worker nextWorker() {
        Worker worker = workers.worker(nextWorker);
        nextWorker = nextWorker + 1 == workers.size() ? 0 : nextWorker + 1;
        return worker;
    }

    private static void register(Worker worker, Channel connection) {
        ChannelPromise registration = new DefaultChannelPromise(connection, worker.loop());
        // Before it is under way: added when it is done, it would wake the worker once more.
        registration.addListener(
                done -> {
                    if (!done.isSuccess()) {
                        connection.unsafe().closeForcibly();
                    }
                });
        var _ = worker.loop().register(registration);
    }

    /** Most likely there is no file descriptor left; a moment later there may be one. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        listeners.pauseForAMoment(cause);
    }
}
