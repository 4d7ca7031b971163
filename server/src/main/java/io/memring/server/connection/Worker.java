package io.memring.server.connection;

import io.memring.engine.CacheEngine;
import io.memring.engine.CoarseClock;
import io.memring.engine.EngineWorker;
import io.memring.engine.command.Command;
import io.memring.server.connection.ConnectionConfig.Binding;
import io.memring.server.dispatch.DispatchContext;
import io.memring.server.dispatch.Node;
import io.memring.server.dispatch.SpareBuffers;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.concurrent.Future;

import org.jspecify.annotations.Nullable;

import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Predicate;

/**
 * One event loop thread with its share of the connections and of the engine's stripes.
 *
 * <p>Besides its connections it runs three things on its loop: what other workers hand to the
 * stripes it owns (drain), a tick that looks at timeouts, and the engine's background work in
 * bounded slices (maintain).
 */
public final class Worker {
    private final EventLoop loop;
    private final EngineWorker engine;
    private final ConnectionConfig config;
    private final CoarseClock clock;
    private final DispatchContext dispatch;
    private final DirectReads directReads;
    private final ReadBuffer readBuffer = new ReadBuffer();
    private final SpareBuffers spareBuffers = new SpareBuffers();
    private final SendRound sendRound;
    private final WorkerScheduling scheduling = new WorkerScheduling();
    private final AtomicLongArray counts = new AtomicLongArray(ConnectionStat.values().length);

    /** Changed on the loop only. */
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();

    private final Runnable drainTask = this::drain;
    private final Runnable maintainTask = this::maintain;
    private final Runnable tickTask = this::runTick;
    private int lastTimeoutCheck;

    /**
     * @param index the worker's number, which is also that of its engine worker
     */
    public Worker(
            int index,
            WorkerLoop loop,
            CacheEngine cache,
            ConnectionConfig config,
            Node node,
            CoarseClock clock) {
        this.loop = loop.events();
        this.directReads = loop.reads();
        this.sendRound = new SendRound(this.loop);
        this.engine = cache.worker(index);
        this.config = config;
        this.clock = clock;
        this.dispatch = new DispatchContext(cache, engine, node);
    }

    /** Begins to work; call once, from any thread, before the first connection. */
    public void start() {
        engine.attach(() -> loop.execute(drainTask), Worker::completed);
    }

    /**
     * Has the worker look at timeouts and do background work; several times a second, any thread.
     */
    public void tick() {
        loop.execute(tickTask);
    }

    /** Has the worker take some of what others have handed to it, or back to it. Any thread. */
    public Future<?> drainOnce() {
        return loop.submit(drainTask);
    }

    /** Frees the buffers that it keeps; the loop stays. Any thread, once. */
    public void stop() {
        loop.execute(
                () -> {
                    directReads.close();
                    sendRound.close();
                    readBuffer.close();
                    spareBuffers.close();
                });
    }

    /**
     * The handler of a new channel, which must be (or become) registered with this worker's loop.
     *
     * @param binding protocols that are spoken; null for those that the node speaks
     */
    public ChannelHandler newConnection(Channel channel, @Nullable Binding binding) {
        return new Connection(this, channel, orOwn(binding));
    }

    /**
     * The handler of a new UDP socket, which must be registered with this worker's loop.
     *
     * @param binding protocols that are spoken; null for those that the node speaks
     * @param allowed whose datagrams are looked at
     */
    public ChannelHandler newUdpPort(
            Channel channel,
            UdpConfig limits,
            @Nullable Binding binding,
            Predicate<SocketAddress> allowed) {
        return new UdpPort(this, channel, limits, orOwn(binding), allowed);
    }

    private Binding orOwn(@Nullable Binding binding) {
        return binding == null ? config.binding() : binding;
    }

    public EventLoop loop() {
        return loop;
    }

    /** Where its channels may read to, if they do so when something is there, on its loop. */
    public RecvByteBufAllocator sharedReads() {
        return readBuffer;
    }

    ReadBuffer readBuffer() {
        return readBuffer;
    }

    DirectReads directReads() {
        return directReads;
    }

    /** A counter's value; any thread. */
    public long count(ConnectionStat stat) {
        return counts.getOpaque(stat.ordinal());
    }

    /** The open connections; any thread. */
    public List<ConnectionView> connections() {
        return connections.stream().map(Connection::view).toList();
    }

    /** Answers what has been received, then closes every connection. Any thread. */
    public void drainConnections() {
        loop.execute(() -> new ArrayList<>(connections).forEach(Connection::drain));
    }

    WorkerScheduling scheduling() {
        return scheduling;
    }

    void count(ConnectionStat stat, long n) {
        int i = stat.ordinal();
        counts.setOpaque(i, counts.getPlain(i) + n);
    }

    ConnectionConfig config() {
        return config;
    }

    SpareBuffers spareBuffers() {
        return spareBuffers;
    }

    SendRound sendRound() {
        return sendRound;
    }

    DispatchContext dispatch() {
        return dispatch;
    }

    int nowSeconds() {
        return clock.nowSeconds();
    }

    void opened(Connection connection) {
        connections.add(connection);
        count(ConnectionStat.CURR_CONNECTIONS, 1);
        count(ConnectionStat.TOTAL_CONNECTIONS, 1);
    }

    void closed(Connection connection) {
        if (connections.remove(connection)) {
            count(ConnectionStat.CURR_CONNECTIONS, -1);
        }
    }

    private static void completed(Command command) {
        if (command.attachment instanceof CompletionTarget target) {
            target.onCompleted(command);
        }
    }

    /** Runs a bounded number of handed-off commands; the rest gets its turn after other events. */
    private void drain() {
        if (engine.drain()) {
            loop.execute(drainTask);
        }
    }

    private void maintain() {
        if (engine.maintain()) {
            loop.execute(maintainTask);
        }
    }

    private void runTick() {
        sendRound.reportTo(scheduling);
        maintain();
        int now = clock.nowSeconds();
        if (now != lastTimeoutCheck) {
            lastTimeoutCheck = now;
            checkTimeouts(now);
        }
    }

    private void checkTimeouts(int now) {
        if (config.idleTimeoutSeconds() > 0
                || config.stalledWriteSeconds() > 0
                || config.authTimeoutSeconds() > 0) {
            new ArrayList<>(connections).forEach(connection -> connection.checkTimeouts(now));
        }
    }
}
