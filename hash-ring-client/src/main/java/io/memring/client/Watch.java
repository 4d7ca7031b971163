package io.memring.client;

import io.memring.client.connection.Request;
import io.memring.client.connection.RequestKind;
import io.memring.client.error.MemcacheException;
import io.memring.client.error.OperationTimeoutException;
import io.memring.client.ring.Node;
import io.memring.client.ring.Ring;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * Tells the listener and the Flight Recorder what happens. Where there is neither, an operation
 * costs the question whether there is.
 */
final class Watch {
    private final ClientListener listener;
    private final boolean listening;

    Watch(ClientListener listener) {
        this.listener = listener;
        this.listening = !listener.equals(ClientListener.NONE);
    }

    /** The record of an operation that begins; null if nobody wants to know. */
    @Nullable OperationEvent begin() {
        if (!listening && !OperationEvent.isWanted()) {
            return null;
        }
        OperationEvent event = new OperationEvent();
        event.begin();
        return event;
    }

    /** Watches a request about one item. */
    @SuppressWarnings("FutureReturnValueIgnored") // The listener hears of failures.
    void item(String key, Node node, Request<?> request, OperationEvent event) {
        String operation = request.kind().text();
        operation(node, operation, request, event);
        if (listening) {
            request.whenComplete((result, failure) -> itemDone(key, node, request, failure));
        }
    }

    private void itemDone(String key, Node node, Request<?> request, @Nullable Throwable failure) {
        if (failure == null && request.kind().fetches()) {
            boolean hit = outcome(request.join(), null) == OperationResult.OK;
            listener.fetched(node, hit ? 1 : 0, hit ? 0 : 1);
        }
        if (failure instanceof MemcacheException known) {
            refused(key, request.kind(), known);
        }
    }

    /** A request about an item came to nothing, maybe before there was one. */
    void refused(String key, RequestKind kind, MemcacheException failure) {
        if (listening && kind.isWrite()) {
            listener.writeFailed(key, kind.text(), failure);
        }
    }

    /** A node has answered its share of a bulk fetch. */
    void fetched(Node node, int hits, int misses) {
        if (listening) {
            listener.fetched(node, hits, misses);
        }
    }

    /** Watches an operation on a node. */
    @SuppressWarnings("FutureReturnValueIgnored") // The listener hears of failures.
    <T extends @Nullable Object> void operation(
            Node node, String operation, CompletableFuture<T> future, OperationEvent event) {
        future.whenComplete(
                (result, failure) -> {
                    OperationResult outcome = outcome(result, failure);
                    record(event, node, operation, outcome);
                    listener.operationDone(
                            node, operation, System.nanoTime() - event.startedNanos, outcome);
                });
    }

    private static void record(
            OperationEvent event, Node node, String operation, OperationResult outcome) {
        event.end();
        if (event.shouldCommit()) {
            event.node = node.id();
            event.operation = operation;
            event.result = outcome.name();
            event.commit();
        }
    }

    void nodeState(Node node, NodeState from, NodeState to, @Nullable Throwable cause) {
        NodeStateEvent event = new NodeStateEvent();
        if (event.shouldCommit()) {
            event.node = node.id();
            event.from = from.name();
            event.to = to.name();
            event.cause = cause == null ? "" : cause.toString();
            event.commit();
        }
        listener.nodeState(node, from, to, cause);
    }

    /**
     * To find out how many keys have moved takes a while, and is done if somebody wants to know.
     */
    void ringChanged(Ring before, Ring after) {
        RingChangeEvent event = new RingChangeEvent();
        if (!listening && !event.isEnabled()) {
            return;
        }
        RingChange change = new RingChange(before, after, before.movedFraction(after));
        if (event.shouldCommit()) {
            event.nodesBefore = change.before().nodes().size();
            event.nodesAfter = change.after().nodes().size();
            event.moved = change.movedFraction();
            event.commit();
        }
        listener.ringChanged(change);
    }

    private static OperationResult outcome(@Nullable Object result, @Nullable Throwable failure) {
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
        return result instanceof Optional<?> value && value.isEmpty()
                || result instanceof OptionalLong number && number.isEmpty()
                || result instanceof Lookup.Miss
                || result instanceof Lookup.Pending
                || Boolean.FALSE.equals(result);
    }
}
