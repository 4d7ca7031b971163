package io.memring.client;

import io.memring.client.error.MemcacheException;
import io.memring.client.ring.Node;

import org.jspecify.annotations.Nullable;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Keeps what a listener throws away from the client: it is logged, and that is all. */
final class GuardedListener implements ClientListener {
    private static final Logger LOG = System.getLogger(ClientListener.class.getName());

    private final ClientListener listener;

    GuardedListener(ClientListener listener) {
        this.listener = listener;
    }

    @Override
    public void operationDone(Node node, String operation, long nanos, OperationResult result) {
        guarded(() -> listener.operationDone(node, operation, nanos, result));
    }

    @Override
    public void writeFailed(String key, String operation, MemcacheException failure) {
        guarded(() -> listener.writeFailed(key, operation, failure));
    }

    @Override
    public void nodeState(Node node, NodeState from, NodeState to, @Nullable Throwable cause) {
        guarded(() -> listener.nodeState(node, from, to, cause));
    }

    @Override
    public void ringChanged(RingChange change) {
        guarded(() -> listener.ringChanged(change));
    }

    @Override
    public void discoveryFailed(Exception failure) {
        guarded(() -> listener.discoveryFailed(failure));
    }

    private static void guarded(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "a listener failed", e);
        }
    }
}
