package io.memring.client.discovery;

import io.memring.client.error.MemcacheException;
import io.memring.client.ring.Node;

/** Asks a node a question, over a connection that is made for it as the client makes its own. */
@FunctionalInterface
public interface NodeQuery {

    /**
     * Sends a line of the classic protocol.
     *
     * @return the value in the reply; empty if there is none
     * @throws MemcacheException if there is no reply, or an error
     */
    byte[] ask(Node node, String line);
}
