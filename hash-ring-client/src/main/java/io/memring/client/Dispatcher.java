package io.memring.client;

import io.memring.client.connection.BulkGet;
import io.memring.client.connection.NodeLink;
import io.memring.client.connection.Request;
import io.memring.client.error.ClientClosedException;
import io.memring.client.error.NodeUnavailableException;
import io.memring.client.error.Origin;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.util.concurrent.CompletableFuture;

/** Brings requests to the nodes of their keys. */
final class Dispatcher {
    final Keys keys;
    final Clock clock;
    final Watch watch;
    private volatile @Nullable Topology topology;
    private volatile boolean closed;

    Dispatcher(Keys keys, Clock clock, Watch watch) {
        this.keys = keys;
        this.clock = clock;
        this.watch = watch;
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
        OperationEvent event = watch.begin();
        Request<T> complete =
                request.key(wireKey.bytes, wireKey.base64).within(scope.timeoutNanos());
        Topology tried = topology();
        NodeLink link = tried.linkFor(scope.routing(wireKey));
        while (!link.submit(complete)) {
            tried = after(tried, complete);
            link = tried.linkFor(scope.routing(wireKey));
        }
        if (event != null) {
            watch.item(key, link.node(), complete, event);
        }
        return complete;
    }

    /** Sends a request to one node, whatever the ring says. */
    void send(NodeLink link, Scope scope, Request<?> request) {
        OperationEvent event = watch.begin();
        if (event != null) {
            String operation = request instanceof BulkGet ? "get all" : request.kind().text();
            watch.operation(link.node(), operation, request, event);
        }
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

    long exptime(Ttl ttl) {
        return ttl.exptime(clock.millis() / 1000);
    }
}
