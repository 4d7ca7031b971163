package io.memring.client;

import io.memring.client.connection.NodeLink;
import io.memring.client.connection.Request;
import io.memring.client.error.ClientClosedException;
import io.memring.client.error.MemcacheException;
import io.memring.client.error.NodeUnavailableException;
import io.memring.client.error.OperationTimeoutException;
import io.memring.client.error.Origin;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.util.concurrent.CompletableFuture;

/** Brings requests to the nodes of their keys. */
final class Dispatcher {
    final Keys keys;
    final Clock clock;
    private final ClientListener listener;
    private final boolean listening;
    private volatile @Nullable Topology topology;
    private volatile boolean closed;

    Dispatcher(Keys keys, Clock clock, ClientListener listener) {
        this.keys = keys;
        this.clock = clock;
        this.listener = listener;
        this.listening = !listener.equals(ClientListener.NONE);
    }

    /** What requests go by from now on. */
    void use(Topology next) {
        topology = next;
    }

    /** Requests are refused from now on. */
    void close() {
        closed = true;
    }

    /** The ring and connections of this moment. */
    Topology topology() {
        Topology current = topology;
        if (closed) {
            throw new ClientClosedException(Origin.local("request"));
        }
        if (current == null) {
            throw new NodeUnavailableException(
                    Origin.local("request"), "no nodes are known yet", null);
        }
        return current;
    }

    /** Sends a request about a key; what it throws was refused before anything was sent. */
    <T extends @Nullable Object> CompletableFuture<T> send(
            String key, WireKey wireKey, Scope scope, Request<T> request) {
        long started = listening ? System.nanoTime() : 0;
        Request<T> complete =
                request.key(wireKey.bytes, wireKey.base64).within(scope.timeoutNanos());
        Topology tried = topology();
        NodeLink link = tried.linkFor(scope.routing(wireKey));
        while (!link.submit(complete)) {
            tried = after(tried, complete);
            link = tried.linkFor(scope.routing(wireKey));
        }
        if (listening) {
            observe(key, link, started, complete);
        }
        return complete;
    }

    /** Sends a request to one node, whatever the ring says. */
    void send(NodeLink link, Scope scope, Request<?> request) {
        if (!link.submit(request.within(scope.bulkTimeoutNanos()))) {
            request.fail(new NodeUnavailableException(request.origin(), "the node left", null));
        }
    }

    /** The ring after one with a node that has left; there is one before the node refuses. */
    private Topology after(Topology tried, Request<?> request) {
        Topology next = topology();
        if (next.equals(tried)) {
            throw new ClientClosedException(request.origin());
        }
        return next;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // The listener hears of failures.
    private <T extends @Nullable Object> void observe(
            String key, NodeLink link, long started, Request<T> request) {
        request.whenComplete(
                (result, failure) -> {
                    long nanos = System.nanoTime() - started;
                    String operation = request.kind().text();
                    listener.operationDone(
                            link.node(), operation, nanos, Results.of(result, failure));
                    if (failure instanceof MemcacheException known && request.kind().isWrite()) {
                        listener.writeFailed(key, operation, known);
                    }
                });
    }

    long exptime(Ttl ttl) {
        return ttl.exptime(clock.millis() / 1000);
    }

    /** Sorts results for those who count. */
    static final class Results {
        private Results() {}

        static OperationResult of(@Nullable Object result, @Nullable Throwable failure) {
            if (failure != null) {
                return failure instanceof OperationTimeoutException
                        ? OperationResult.TIMEOUT
                        : OperationResult.FAILURE;
            }
            if (result instanceof StoreResult stored) {
                return switch (stored) {
                    case STORED -> OperationResult.OK;
                    case NOT_STORED, CAS_MISMATCH -> OperationResult.CONFLICT;
                    case NOT_FOUND -> OperationResult.MISS;
                };
            }
            return isMiss(result) ? OperationResult.MISS : OperationResult.OK;
        }

        private static boolean isMiss(@Nullable Object result) {
            return result instanceof java.util.Optional<?> value && value.isEmpty()
                    || result instanceof java.util.OptionalLong number && number.isEmpty()
                    || result instanceof Lookup.Miss
                    || result instanceof Lookup.Pending
                    || Boolean.FALSE.equals(result);
        }
    }
}
