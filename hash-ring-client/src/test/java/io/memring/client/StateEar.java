package io.memring.client;

import io.memring.client.ring.Node;

import org.jspecify.annotations.Nullable;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Queues the states that connections have gone into. */
final class StateEar implements ClientListener {
    private final BlockingQueue<NodeState> heard = new LinkedBlockingQueue<>();

    @Override
    public void nodeState(Node node, NodeState from, NodeState to, @Nullable Throwable cause) {
        heard.add(to);
    }

    /** Waits until all of these have been heard of from now on, in any order. */
    void await(NodeState... states) throws InterruptedException {
        Set<NodeState> left = new HashSet<>(List.of(states));
        while (!left.isEmpty()) {
            left.remove(heard.take());
        }
    }
}
