package io.memring.load.ring;

import io.memring.client.ClientListener;
import io.memring.client.NodeState;
import io.memring.client.ring.Node;
import io.memring.client.ring.NodeLocator;
import io.memring.client.ring.Ring;
import io.memring.client.ring.RingFactory;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;

/**
 * Hears of each node's first attempt to connect, and holds by what came of it: a node that is down
 * then stays so for as long as a command runs.
 */
final class FirstContact implements ClientListener {
    private final Map<String, Boolean> up = new ConcurrentHashMap<>();
    private final CountDownLatch unknown;

    FirstContact(int nodes) {
        unknown = new CountDownLatch(nodes);
    }

    @Override
    public void nodeState(Node node, NodeState from, NodeState to, @Nullable Throwable cause) {
        if (to != NodeState.CONNECTING
                && up.putIfAbsent(node.id(), to == NodeState.READY) == null) {
            unknown.countDown();
        }
    }

    /** Waits until each node has been tried; false if that takes longer. */
    boolean await(Duration patience) throws InterruptedException {
        return unknown.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    private boolean isUp(Node node) {
        return up.getOrDefault(node.id(), false);
    }

    /** The same rings, on which keys of nodes that are down belong to the next ones. */
    RingFactory skippingDown(RingFactory factory) {
        return nodes -> {
            Ring ring = factory.build(nodes);
            return Ring.of(
                    nodes, new SkippingLocator(ring, index -> isUp(ring.nodes().get(index))));
        };
    }

    /**
     * Finds the first node in a key's order of preference that is up.
     *
     * @param ring the order
     * @param up whether the node of an index is up
     */
    private record SkippingLocator(Ring ring, IntPredicate up) implements NodeLocator {

        @Override
        public int locate(byte[] key, int from, int length) {
            int next = ring.indexFor(key, from, length, up);
            return next == NONE ? ring.indexFor(key, from, length) : next;
        }

        @Override
        public int locate(byte[] key, int from, int length, IntPredicate usable) {
            return ring.indexFor(key, from, length, up.and(usable));
        }
    }
}
