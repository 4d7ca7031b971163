package io.memring.client.connection;

import io.memring.client.error.ClientClosedException;
import io.memring.client.error.ConnectionLostException;
import io.memring.client.error.MemcacheException;
import io.memring.client.error.NodeUnavailableException;
import io.memring.client.error.OverloadedException;
import io.memring.client.error.ProtocolException;
import io.memring.client.ring.Node;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * One connection to one node, which is made anew whenever it breaks; {@link Reachability} draws its
 * states.
 *
 * <p>Any thread submits requests to the queue and wakes the event loop if nobody has yet; the loop
 * then encodes all that wait, and writes and flushes once. Replies come in the order of requests. A
 * request is counted from its admission until it leaves: by its reply, by the loss of its channel,
 * or unsent. Its future may be done long before.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Listeners and timers tell what they came to.
final class NodeConnection implements ReplyHandler.Receiver {
    private static final int MAX_REQUESTS_PER_TURN = 1024;
    private static final long SWEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /** Of the node; it is given to each request. */
    private final String nodeId;

    private final ConnectionConfig config;
    private final EventLoop loop;
    private final Executor slowThread;
    private final Dialer dialer;
    private final Reachability reachability;
    private final Runnable drainTask = this::drain;

    // Any thread.
    private final Backlog backlog = new Backlog(this::emptied);
    private final AtomicBoolean woken = new AtomicBoolean();
    private volatile boolean closing;
    private final CompletableFuture<Void> firstReady = new CompletableFuture<>();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    // The event loop alone.
    private final Outlet outlet;
    private @Nullable ReplyHandler handler;
    private boolean sweeping;
    private long lastReadNanos;

    /** When the replies that are being taken arrived. */
    private long arrivedNanos;

    /** A connection that is made at once. */
    NodeConnection(
            Node node,
            Network network,
            ConnectionConfig config,
            StateListener listener,
            RandomGenerator random) {
        this.nodeId = node.id();
        this.config = config;
        this.loop = network.nextLoop();
        this.slowThread = network.slowThread();
        this.dialer = new Dialer(node, network, config, loop);
        this.reachability = new Reachability(node, config, listener, random);
        this.outlet = new Outlet(config.wireFormat().encoder);
        loop.execute(this::connect);
    }

    // ---- Any thread ----

    /**
     * Takes a request, or fails it at once.
     *
     * @return false if the request was not touched, because the connection is being closed
     */
    boolean submit(Request<?> request) {
        request.node = nodeId;
        MemcacheException refusal = reachability.refusal(request);
        if (refusal != null && !closing) {
            request.fail(refusal);
            return true;
        }
        if (!backlog.admit(config.maxInFlight())) {
            request.fail(new OverloadedException(request.origin(), config.maxInFlight()));
            return true;
        }
        // Counted first, then asked: whoever closes marks first, then counts.
        if (closing) {
            backlog.leave();
            return false;
        }
        backlog.offer(request);
        wake();
        return true;
    }

    private void wake() {
        if (!woken.get() && woken.compareAndSet(false, true)) {
            loop.execute(drainTask);
        }
    }

    /** Requests that wait or are on their way. */
    int admitted() {
        return backlog.admitted();
    }

    ConnectionState state() {
        return reachability.state();
    }

    /** What came of its requests. */
    Tally tally() {
        return backlog.tally;
    }

    /** True while requests would be refused. */
    boolean isDown() {
        return reachability.isDown() || closing;
    }

    /** Done when the connection works for the first time, or never will. */
    CompletableFuture<Void> firstReady() {
        return firstReady;
    }

    /** Refuses new requests, waits for those admitted that somebody waits for, and closes. */
    CompletableFuture<Void> close(Duration patience) {
        closing = true;
        loop.execute(
                () -> {
                    if (backlog.isForgotten()) {
                        closeNow();
                    }
                    if (!reachability.is(ConnectionState.CLOSED)) {
                        loop.schedule(this::closeNow, patience.toNanos(), TimeUnit.NANOSECONDS);
                    }
                });
        return closed;
    }

    // ---- Connecting ----

    private void connect() {
        boolean needed = !closing || backlog.admitted() > 0;
        if (!needed || reachability.is(ConnectionState.CLOSED)) {
            closeNow();
            return;
        }
        reachability.become(ConnectionState.CONNECTING, null);
        ReplyHandler next = new ReplyHandler(this, config.newReader());
        handler = next;
        dialer.dial(
                next,
                new Dialer.Outcome() {
                    @Override
                    public void connected(Channel made) {
                        if (handler == next) {
                            outlet.open(made);
                            lastReadNanos = System.nanoTime();
                            greet(next);
                        } else {
                            made.close();
                        }
                    }

                    @Override
                    public void failed(MemcacheException failure) {
                        if (handler == next) {
                            connectFailed(failure);
                        }
                    }
                });
        sweepLater();
    }

    /** Nobody else's requests are sent before the node has answered the greeting. */
    private void greet(ReplyHandler greeted) {
        Consumer<Request<?>> sender =
                request -> {
                    if (handler == greeted) {
                        sendOwn(request);
                    }
                };
        new Greeting(config, dialer.origin(), new Greeting.Place(sender, slowThread, loop))
                .start(
                        failure -> {
                            if (handler != greeted) {
                                return;
                            }
                            if (failure == null) {
                                ready();
                            } else {
                                connectFailed(failure);
                            }
                        });
    }

    /** Sends a request of the connection's own, which is not refused. */
    private void sendOwn(Request<?> request) {
        request.node = nodeId;
        backlog.admit(Integer.MAX_VALUE);
        send(request, System.nanoTime());
        outlet.flush();
        sweepLater();
    }

    private void ready() {
        reachability.ready();
        firstReady.complete(null);
        drain();
    }

    private void connectFailed(MemcacheException failure) {
        dropChannel(request -> new ConnectionLostException(request.origin(), "gave up", failure));
        long pause = reachability.failed(failure);
        backlog.failWaiting(reachability::unavailable);
        loop.schedule(this::connect, pause, TimeUnit.NANOSECONDS);
    }

    // ---- Writing ----

    private void drain() {
        woken.set(false);
        switch (reachability.state()) {
            case READY, PROBING -> flush();
            case CONNECTING -> {
                backlog.takeQueue();
                sweepLater();
            }
            case BACKING_OFF -> backlog.failWaiting(reachability::unavailable);
            case CLOSED ->
                    backlog.failWaiting(request -> new ClientClosedException(request.origin()));
        }
    }

    private void flush() {
        long now = System.nanoTime();
        int taken = 0;
        while (outlet.isWritable() && taken < MAX_REQUESTS_PER_TURN) {
            Request<?> request = backlog.nextToWrite();
            if (request == null) {
                break;
            }
            if (request.isDone()) {
                backlog.leave();
            } else {
                send(request, now);
            }
            taken++;
        }
        outlet.flush();
        sweepLater();
        if (taken == MAX_REQUESTS_PER_TURN) {
            wake();
        }
    }

    private void send(Request<?> request, long now) {
        outlet.add(request);
        backlog.written(request, now);
        outlet.spill();
    }

    @Override
    public void writable(ReplyHandler from) {
        if (from == handler) {
            drain();
        }
    }

    // ---- Reading ----

    @Override
    public void arrived() {
        arrivedNanos = System.nanoTime();
    }

    @Override
    public boolean replied(ReplyHandler from, Reply reply) {
        if (from != handler) {
            return false;
        }
        lastReadNanos = arrivedNanos;
        Request<?> request = backlog.oldest();
        boolean nameless = reply.code == ReplyCode.ERROR && reply.opaque == Reply.NO_OPAQUE;
        if (request == null || !(nameless || request.matches(reply))) {
            lose("a reply that belongs to no request");
            return false;
        }
        reachability.answered();
        backlog.replied(reply, lastReadNanos);
        request.accept(reply);
        return from == handler;
    }

    @Override
    public void malformed(ReplyHandler from) {
        if (from == handler) {
            lose("what the node said is not the protocol");
        }
    }

    @Override
    public void lost(ReplyHandler from, @Nullable Throwable cause) {
        if (from != handler || reachability.is(ConnectionState.CLOSED)) {
            return;
        }
        if (!reachability.is(ConnectionState.CONNECTING)) {
            lostChannel(
                    request ->
                            new ConnectionLostException(
                                    request.origin(), "the connection broke", cause));
        } else if (outlet.isOpen()) {
            connectFailed(dialer.hungUp(cause));
        } // Else the dialer says what happened.
    }

    private void lose(String why) {
        if (reachability.is(ConnectionState.CONNECTING)) {
            connectFailed(new NodeUnavailableException(dialer.origin(), why, null));
        } else {
            lostChannel(request -> new ProtocolException(request.origin(), why, null));
        }
    }

    private void lostChannel(Function<Request<?>, MemcacheException> failure) {
        dropChannel(failure);
        if (closing) {
            closeNow();
            return;
        }
        long pause = reachability.lost();
        if (pause == 0) {
            connect();
        } else {
            loop.schedule(this::connect, pause, TimeUnit.NANOSECONDS);
            sweepLater();
        }
    }

    /** Closes the channel and disposes of what it owed replies. */
    private void dropChannel(Function<Request<?>, MemcacheException> failure) {
        handler = null;
        outlet.close();
        long now = System.nanoTime();
        backlog.dropWritten(request -> mayRepeat(request, now), failure);
    }

    private boolean mayRepeat(Request<?> request, long now) {
        return config.retryLostReads()
                && !closing
                && !request.retried
                && !request.isDone()
                && !request.isExpired(now)
                && request.kind.isRepeatable();
    }

    // ---- Time ----

    private void sweepLater() {
        if (!sweeping && !backlog.isIdle()) {
            sweeping = true;
            loop.schedule(this::sweep, SWEEP_NANOS, TimeUnit.NANOSECONDS);
        }
    }

    private void sweep() {
        sweeping = false;
        long now = System.nanoTime();
        backlog.failLate(now, TimedOut.of(reachability.state()), this::replyMissed);
        giveUpIfHung(now);
        if (closing && backlog.isForgotten()) {
            closeNow();
        }
        if (reachability.is(ConnectionState.READY) || reachability.is(ConnectionState.PROBING)) {
            flush();
        }
        sweepLater();
    }

    private void replyMissed() {
        if (reachability.replyMissed()) {
            probeLater();
        }
    }

    private void giveUpIfHung(long now) {
        Request<?> oldest = backlog.oldest();
        long hang = config.hangTimeout().toNanos();
        if (oldest == null || now - oldest.writtenNanos <= hang || now - lastReadNanos <= hang) {
            return;
        }
        String why = "silent for " + config.hangTimeout().toMillis() + " ms";
        if (reachability.is(ConnectionState.CONNECTING)) {
            connectFailed(new NodeUnavailableException(dialer.origin(), why, null));
        } else {
            lostChannel(request -> new ConnectionLostException(request.origin(), why, null));
        }
    }

    private void probeLater() {
        loop.schedule(this::probe, config.breakerOpenFor().toNanos(), TimeUnit.NANOSECONDS);
    }

    private void probe() {
        if (!reachability.is(ConnectionState.PROBING)) {
            return;
        }
        Request<ReplyCode> request = new Request<>(RequestKind.PROBE, Reply::code);
        request.within(config.breakerOpenFor().toNanos());
        request.whenComplete((code, failure) -> probed(code));
        sendOwn(request);
    }

    private void probed(@Nullable ReplyCode code) {
        if (!reachability.is(ConnectionState.PROBING)) {
            return;
        }
        if (code == ReplyCode.DONE) {
            reachability.recovered();
        } else {
            probeLater();
        }
    }

    /** The last request has left; mostly, but not always, on the event loop. */
    private void emptied() {
        if (closing && !closed.isDone()) {
            loop.execute(this::closeNow);
        }
    }

    private void closeNow() {
        if (reachability.is(ConnectionState.CLOSED)) {
            return;
        }
        reachability.become(ConnectionState.CLOSED, null);
        dropChannel(
                request ->
                        new ConnectionLostException(request.origin(), "the client closed", null));
        backlog.failWaiting(request -> new ClientClosedException(request.origin()));
        firstReady.complete(null);
        closed.complete(null);
    }
}
