package io.memring.client;

import io.memring.client.error.MemcacheException;
import io.memring.client.ring.Node;

import org.jspecify.annotations.Nullable;

/**
 * Hears what happens in a client. Methods are called on event loops: they must return at once, and
 * what they throw is logged.
 */
public interface ClientListener {

    /** A listener that does not listen. */
    ClientListener NONE = new ClientListener() {};

    /**
     * An operation is over, or the share that one node has in an operation on many items.
     *
     * @param operation its name, such as "get", "get all" or "flush all"
     * @param nanos how long it took
     * @param result what came of it
     */
    default void operationDone(Node node, String operation, long nanos, OperationResult result) {}

    /** Items have been asked for: how many of them there were, and how many there were not. */
    default void fetched(Node node, int hits, int misses) {}

    /** A change was not made, or maybe not. It may have been refused before a node was asked. */
    default void writeFailed(String key, String operation, MemcacheException failure) {}

    /** A connection has changed its state. */
    default void nodeState(Node node, NodeState from, NodeState to, @Nullable Throwable cause) {}

    /** The client's discovery has not found nodes; those of before stay. */
    default void discoveryFailed(Exception failure) {}

    /** Nodes have come or gone. */
    default void ringChanged(RingChange change) {}
}
