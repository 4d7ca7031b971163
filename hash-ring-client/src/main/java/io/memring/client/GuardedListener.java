package io.memring.client;

import io.memring.client.error.MemcacheException;
import io.memring.client.ring.Node;

import org.jspecify.annotations.Nullable;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Tells several listeners, and keeps what they throw away from the client: it is logged. */
final class GuardedListener implements ClientListener {
    private static final Logger LOG = System.getLogger(ClientListener.class.getName());

    private final List<ClientListener> listeners;

    GuardedListener(ClientListener... listeners) {
        this.listeners = List.of(listeners);
    }

    /** The same with one more. */
    GuardedListener and(ClientListener another) {
        return new GuardedListener(
                Stream.concat(listeners.stream(), Stream.of(another))
                        .toArray(ClientListener[]::new));
    }

    @Override
    public void operationDone(Node node, String operation, long nanos, OperationResult result) {
        tell(listener -> listener.operationDone(node, operation, nanos, result));
    }

    @Override
    public void fetched(Node node, int hits, int misses) {
        tell(listener -> listener.fetched(node, hits, misses));
    }

    @Override
    public void writeFailed(String key, String operation, MemcacheException failure) {
        tell(listener -> listener.writeFailed(key, operation, failure));
    }

    @Override
    public void nodeState(Node node, NodeState from, NodeState to, @Nullable Throwable cause) {
        tell(listener -> listener.nodeState(node, from, to, cause));
    }

    @Override
    public void ringChanged(RingChange change) {
        tell(listener -> listener.ringChanged(change));
    }

    @Override
    public void discoveryFailed(Exception failure) {
        tell(listener -> listener.discoveryFailed(failure));
    }

    private void tell(Consumer<ClientListener> call) {
        for (ClientListener listener : listeners) {
            try {
                call.accept(listener);
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "a listener failed", e);
            }
        }
    }
}
