package io.memring.client.connection;

import io.memring.client.error.CircuitOpenException;
import io.memring.client.error.ClientClosedException;
import io.memring.client.error.ConnectionLostException;
import io.memring.client.error.MemcacheException;
import io.memring.client.error.NodeUnavailableException;
import io.memring.client.error.OverloadedException;
import io.memring.client.error.ProtocolException;
import io.memring.client.ring.Node;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * One connection to one node, which is made anew whenever it breaks.
 *
 * <p>Any thread submits requests to the queue and wakes the event loop if nobody has yet; the loop
 * then encodes all that wait, and writes and flushes once. Replies come in the order of requests. A
 * request is counted from its admission until it leaves: by its reply, by the loss of its channel,
 * or unsent. Its future may be done long before.
 *
 * <pre>
 *              ┌────────────── lost ──────────────┐
 *              ▼                                  │
 *   ─► CONNECTING ── probe answered ──► READY ◄── probe ── PROBING
 *        │    ▲                           └── timeouts ──────▲
 *     failed  └─ pause over ─┐
 *        └──► BACKING_OFF ───┘
 * </pre>
 */
@SuppressWarnings("FutureReturnValueIgnored") // Listeners and timers tell what they came to.
final class NodeConnection implements ReplyHandler.Receiver {
    private static final int MAX_BATCH_BYTES = 64 * 1024;
    private static final int MAX_REQUESTS_PER_TURN = 1024;
    private static final long SWEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /** A connection that breaks sooner than this after it was made counts as a failed attempt. */
    private static final long STABLE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Node node;
    private final ConnectionConfig config;
    private final EventLoop loop;
    private final Dialer dialer;
    private final StateListener listener;
    private final Breaker breaker;
    private final Backoff backoff;
    private final RequestEncoder encoder;
    private final Runnable drainTask = this::drain;

    // Any thread.
    private final Backlog backlog = new Backlog(this::emptied);
    private final AtomicBoolean woken = new AtomicBoolean();
    private volatile ConnectionState state = ConnectionState.CONNECTING;
    private volatile boolean closing;
    private volatile @Nullable MemcacheException lastFailure;
    private final CompletableFuture<Void> firstReady = new CompletableFuture<>();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    // The event loop alone.
    private final BatchWriter writer = new BatchWriter();
    private final OpaqueSource opaques = new OpaqueSource();
    private @Nullable Channel channel;
    private @Nullable ReplyHandler handler;
    private boolean sweeping;
    private long lastReadNanos;
    private long readySinceNanos;

    /** A connection that is made at once. */
    NodeConnection(
            Node node,
            Network network,
            ConnectionConfig config,
            StateListener listener,
            RandomGenerator random) {
        this.node = node;
        this.config = config;
        this.loop = network.nextLoop();
        this.dialer = new Dialer(node, network, config, loop);
        this.listener = listener;
        this.breaker = new Breaker(config.breakerFailures());
        this.backoff = new Backoff(config.maxBackoff(), random);
        this.encoder = config.wireFormat().encoder;
        loop.execute(this::connect);
    }

    // ---- Any thread ----

    /** Takes a request, or fails it at once. */
    void submit(Request<?> request) {
        request.node = node.id();
        MemcacheException refusal = refusal(request);
        if (refusal != null) {
            request.fail(refusal);
            return;
        }
        if (backlog.admit(config.maxInFlight())) {
            backlog.offer(request);
            wake();
        } else {
            request.fail(new OverloadedException(request.origin(), config.maxInFlight()));
        }
    }

    private @Nullable MemcacheException refusal(Request<?> request) {
        if (closing) {
            return new ClientClosedException(request.origin());
        }
        if (state == ConnectionState.BACKING_OFF) {
            return unavailable(request);
        }
        return breaker.isOpen() ? new CircuitOpenException(request.origin()) : null;
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
        return state;
    }

    /** True while requests would be refused. */
    boolean isDown() {
        return breaker.isOpen() || state == ConnectionState.BACKING_OFF || closing;
    }

    /** Done when the connection works for the first time, or never will. */
    CompletableFuture<Void> firstReady() {
        return firstReady;
    }

    /** Refuses new requests, waits for those admitted, and closes. */
    CompletableFuture<Void> close(Duration patience) {
        closing = true;
        loop.execute(
                () -> {
                    if (backlog.admitted() == 0) {
                        closeNow();
                    }
                    if (state != ConnectionState.CLOSED) {
                        loop.schedule(this::closeNow, patience.toNanos(), TimeUnit.NANOSECONDS);
                    }
                });
        return closed;
    }

    // ---- Connecting ----

    private void connect() {
        if (closing) {
            closeNow();
            return;
        }
        become(ConnectionState.CONNECTING, null);
        ReplyHandler next = new ReplyHandler(this, new ReplyReader(config.maxValueLength()));
        handler = next;
        dialer.dial(
                next,
                new Dialer.Outcome() {
                    @Override
                    public void connected(Channel made) {
                        if (handler == next) {
                            channel = made;
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
        new Greeting(config, dialer.origin(), this::sendOwn)
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
        request.node = node.id();
        backlog.admit(Integer.MAX_VALUE);
        encode(request, System.nanoTime());
        emit();
        sweepLater();
    }

    private void ready() {
        breaker.close();
        readySinceNanos = System.nanoTime();
        lastFailure = null;
        become(ConnectionState.READY, null);
        firstReady.complete(null);
        drain();
    }

    private void connectFailed(MemcacheException failure) {
        lastFailure = failure;
        dropChannel(request -> new ConnectionLostException(request.origin(), "gave up", failure));
        become(ConnectionState.BACKING_OFF, failure);
        backlog.failWaiting(this::unavailable);
        loop.schedule(this::connect, backoff.nextNanos(), TimeUnit.NANOSECONDS);
    }

    private MemcacheException unavailable(Request<?> request) {
        return new NodeUnavailableException(
                request.origin(), "no connection: " + lastFailure, lastFailure);
    }

    private void become(ConnectionState next, @Nullable Throwable cause) {
        ConnectionState before = state;
        state = next;
        if (before != next) {
            listener.changed(node, before, next, cause);
        }
    }

    // ---- Writing ----

    private void drain() {
        woken.set(false);
        switch (state) {
            case READY, PROBING -> flush();
            case CONNECTING -> {
                backlog.takeQueue();
                sweepLater();
            }
            case BACKING_OFF -> backlog.failWaiting(this::unavailable);
            case CLOSED ->
                    backlog.failWaiting(request -> new ClientClosedException(request.origin()));
        }
    }

    private void flush() {
        Channel out = channel;
        long now = System.nanoTime();
        int written = 0;
        while (out != null && out.isWritable() && written < MAX_REQUESTS_PER_TURN) {
            Request<?> request = backlog.nextToWrite();
            if (request == null) {
                break;
            }
            if (request.isDone()) {
                backlog.leave();
            } else {
                encode(request, now);
            }
            written++;
            if (writer.length() >= MAX_BATCH_BYTES) {
                write(out);
            }
        }
        emit();
        sweepLater();
        if (written == MAX_REQUESTS_PER_TURN) {
            wake();
        }
    }

    private void encode(Request<?> request, long now) {
        request.encode(encoder, writer, opaques);
        backlog.written(request, now);
    }

    private void emit() {
        Channel out = channel;
        if (out != null) {
            if (writer.length() > 0) {
                write(out);
            }
            out.flush();
        }
    }

    private void write(Channel out) {
        ByteBuf batch = out.alloc().buffer(writer.length());
        writer.moveTo(batch);
        out.write(batch, out.voidPromise());
    }

    @Override
    public void writable(ReplyHandler from) {
        if (from == handler) {
            drain();
        }
    }

    // ---- Reading ----

    @Override
    public boolean replied(ReplyHandler from, Reply reply) {
        if (from != handler) {
            return false;
        }
        lastReadNanos = System.nanoTime();
        Request<?> request = backlog.oldest();
        if (request == null || !(reply.code == ReplyCode.ERROR || request.matches(reply.opaque))) {
            lose("a reply that belongs to no request");
            return false;
        }
        breaker.answered();
        if (request.isLastReply()) {
            backlog.replied();
        }
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
        if (from == handler && state != ConnectionState.CLOSED) {
            if (state == ConnectionState.CONNECTING && channel == null) {
                return; // The dialer says what happened.
            }
            lostChannel(
                    request ->
                            new ConnectionLostException(
                                    request.origin(), "the connection broke", cause));
        }
    }

    private void lose(String why) {
        lostChannel(request -> new ProtocolException(request.origin(), why, null));
    }

    private void lostChannel(Function<Request<?>, MemcacheException> failure) {
        if (state == ConnectionState.CONNECTING) {
            Request<?> greeting = backlog.oldest();
            dropChannel(failure);
            connectFailed(
                    new NodeUnavailableException(
                            dialer.origin(),
                            "the node hung up before it answered",
                            greeting == null ? null : failure.apply(greeting)));
            return;
        }
        boolean stable = System.nanoTime() - readySinceNanos > STABLE_NANOS;
        dropChannel(failure);
        if (closing) {
            closeNow();
        } else if (stable) {
            backoff.reset();
            connect();
        } else {
            become(ConnectionState.CONNECTING, null);
            loop.schedule(this::connect, backoff.nextNanos(), TimeUnit.NANOSECONDS);
            sweepLater();
        }
    }

    /** Closes the channel and disposes of what it owed replies. */
    private void dropChannel(Function<Request<?>, MemcacheException> failure) {
        Channel old = channel;
        channel = null;
        handler = null;
        if (old != null) {
            old.close();
        }
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
        backlog.failLate(now, TimedOut.of(state), this::replyMissed);
        giveUpIfHung(now);
        if (state == ConnectionState.READY || state == ConnectionState.PROBING) {
            flush();
        }
        sweepLater();
    }

    private void replyMissed() {
        if (state == ConnectionState.READY && breaker.failed()) {
            become(ConnectionState.PROBING, null);
            probeLater();
        }
    }

    private void giveUpIfHung(long now) {
        Request<?> oldest = backlog.oldest();
        long hang = config.hangTimeout().toNanos();
        if (oldest != null && now - oldest.writtenNanos > hang && now - lastReadNanos > hang) {
            lostChannel(
                    request ->
                            new ConnectionLostException(
                                    request.origin(),
                                    "silent for " + config.hangTimeout().toMillis() + " ms",
                                    null));
        }
    }

    private void probeLater() {
        loop.schedule(this::probe, config.breakerOpenFor().toNanos(), TimeUnit.NANOSECONDS);
    }

    private void probe() {
        if (state != ConnectionState.PROBING) {
            return;
        }
        Request<ReplyCode> request = new Request<>(RequestKind.PROBE, Reply::code);
        request.within(config.breakerOpenFor().toNanos());
        request.whenComplete((code, failure) -> probed(code));
        sendOwn(request);
    }

    private void probed(@Nullable ReplyCode code) {
        if (state != ConnectionState.PROBING) {
            return;
        }
        if (code == ReplyCode.DONE) {
            breaker.close();
            become(ConnectionState.READY, null);
        } else {
            probeLater();
        }
    }

    private void emptied() {
        if (closing) {
            closeNow();
        }
    }

    private void closeNow() {
        if (state == ConnectionState.CLOSED) {
            return;
        }
        become(ConnectionState.CLOSED, null);
        dropChannel(
                request ->
                        new ConnectionLostException(request.origin(), "the client closed", null));
        backlog.failWaiting(request -> new ClientClosedException(request.origin()));
        firstReady.complete(null);
        closed.complete(null);
    }
}
