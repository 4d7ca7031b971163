package io.memring.client.connection;

import io.memring.client.error.AuthenticationException;
import io.memring.client.error.CircuitOpenException;
import io.memring.client.error.MemcacheException;
import io.memring.client.error.NodeUnavailableException;
import io.memring.client.error.TlsException;
import io.memring.client.ring.Node;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * The state of a connection, and what it means for requests: whether they are refused, and with
 * what words. The connection's event loop changes it, any thread asks.
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
final class Reachability {

    /** A connection that breaks sooner than this after it was made counts as a failed attempt. */
    private static final long STABLE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Credentials that were refused are presented again only now and then: nodes count. */
    private static final long LOGIN_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Node node;
    private final StateListener listener;
    private final Breaker breaker;
    private final Backoff backoff;

    private volatile ConnectionState state = ConnectionState.CONNECTING;
    private volatile @Nullable MemcacheException lastFailure;
    private long readySinceNanos;

    Reachability(
            Node node, ConnectionConfig config, StateListener listener, RandomGenerator random) {
        this.node = node;
        this.listener = listener;
        this.breaker = new Breaker(config.breakerFailures());
        this.backoff = new Backoff(config.maxBackoff(), random);
    }

    // ---- Any thread ----

    ConnectionState state() {
        return state;
    }

    boolean is(ConnectionState asked) {
        return state == asked;
    }

    /**
     * True from a failed attempt, or from the breaker's opening, until the node has answered again.
     * A further attempt does not end it: keys that went to another node would come and go with it.
     */
    boolean isDown() {
        ConnectionState now = state;
        boolean failing = now == ConnectionState.CONNECTING && lastFailure != null;
        return failing || now == ConnectionState.BACKING_OFF || breaker.isOpen();
    }

    /** Why a request is refused at the moment, or null if it is not. */
    @Nullable MemcacheException refusal(Request<?> request) {
        if (state == ConnectionState.BACKING_OFF) {
            return unavailable(request);
        }
        return breaker.isOpen() ? new CircuitOpenException(request.origin()) : null;
    }

    /** Says of a request why there is no connection for it. */
    MemcacheException unavailable(Request<?> request) {
        MemcacheException cause = lastFailure;
        String message =
                "no connection: " + (cause == null ? "none was made yet" : cause.getMessage());
        if (cause instanceof AuthenticationException) {
            return new AuthenticationException(request.origin(), message);
        }
        return cause instanceof TlsException
                ? new TlsException(request.origin(), message, cause)
                : new NodeUnavailableException(request.origin(), message, cause);
    }

    // ---- The event loop alone ----

    /** The connection has been made and the node has answered. */
    void ready() {
        breaker.close();
        readySinceNanos = System.nanoTime();
        lastFailure = null;
        become(ConnectionState.READY, null);
    }

    /** An attempt has failed; returns the nanoseconds until the next one is due. */
    long failed(MemcacheException failure) {
        lastFailure = failure;
        become(ConnectionState.BACKING_OFF, failure);
        long pause = backoff.nextNanos();
        return failure instanceof AuthenticationException
                ? Math.max(pause, LOGIN_PAUSE_NANOS)
                : pause;
    }

    /** A connection that worked is lost; returns the nanoseconds until the next attempt is due. */
    long lost() {
        boolean stable = System.nanoTime() - readySinceNanos > STABLE_NANOS;
        become(ConnectionState.CONNECTING, null);
        if (stable) {
            backoff.reset();
            return 0;
        }
        return backoff.nextNanos();
    }

    /** A reply came. */
    void answered() {
        breaker.answered();
    }

    /** A reply did not come in time; true if the node is to be left alone from now on. */
    boolean replyMissed() {
        boolean opens = state == ConnectionState.READY && breaker.failed();
        if (opens) {
            become(ConnectionState.PROBING, null);
        }
        return opens;
    }

    /** A probe was answered. */
    void recovered() {
        breaker.close();
        become(ConnectionState.READY, null);
    }

    void become(ConnectionState next, @Nullable Throwable cause) {
        ConnectionState before = state;
        state = next;
        if (before != next) {
            listener.changed(node, before, next, cause);
        }
    }
}
