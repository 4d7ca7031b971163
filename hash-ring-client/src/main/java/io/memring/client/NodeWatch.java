package io.memring.client;

import io.memring.client.discovery.Discovery;
import io.memring.client.discovery.NodeQuery;
import io.memring.client.ring.Node;
import io.netty.util.concurrent.DefaultThreadFactory;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Asks a discovery for the nodes again and again, on a thread of its own, which waits where the
 * discovery waits. What cannot be found changes nothing and is told to the listener.
 */
@SuppressWarnings("FutureReturnValueIgnored") // A search tells itself what it came to.
final class NodeWatch implements AutoCloseable {
    private final Discovery discovery;
    private final NodeQuery query;
    private final Consumer<List<Node>> user;
    private final ClientListener listener;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    new DefaultThreadFactory("memring-client-discovery", true));

    NodeWatch(
            Discovery discovery,
            NodeQuery query,
            Consumer<List<Node>> user,
            ClientListener listener) {
        this.discovery = discovery;
        this.query = query;
        this.user = user;
        this.listener = listener;
    }

    /** Searches now, on the caller's thread, and from then on after each pause. */
    void start() {
        search();
        long pause = discovery.interval().toNanos();
        thread.scheduleWithFixedDelay(this::search, pause, pause, TimeUnit.NANOSECONDS);
    }

    private void search() {
        try {
            List<Node> found = discovery.find(query);
            if (found.isEmpty()) {
                throw new IOException("no nodes were found");
            }
            if (!thread.isShutdown()) {
                user.accept(found);
            }
        } catch (IOException | RuntimeException e) {
            if (!thread.isShutdown()) {
                listener.discoveryFailed(e);
            }
        }
    }

    /** Ends the searches, and interrupts one that is under way. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
