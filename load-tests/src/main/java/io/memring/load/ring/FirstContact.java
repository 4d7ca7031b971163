package io.memring.load.ring;

import io.memring.client.ClientListener;
import io.memring.client.NodeState;
import io.memring.client.ring.Node;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Hears of each node's first attempt to connect, after which it is known who is up. */
final class FirstContact implements ClientListener {
    private final Set<String> heardOf = ConcurrentHashMap.newKeySet();
    private final CountDownLatch unknown;

    FirstContact(Collection<Node> nodes) {
        unknown = new CountDownLatch(nodes.size());
    }

    @Override
    public void nodeState(Node node, NodeState from, NodeState to, @Nullable Throwable cause) {
        if (to != NodeState.CONNECTING && heardOf.add(node.id())) {
            unknown.countDown();
        }
    }

    /** Waits until each node has been tried; false if that takes longer. */
    boolean await(Duration patience) throws InterruptedException {
        return unknown.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    }
}
