package io.memring.client;

import io.memring.client.connection.NodeLink;
import io.memring.client.ring.NodeLocator;
import io.memring.client.ring.Ring;
import io.memring.client.ring.Routing;

import java.util.List;

/** A ring and the connections to its nodes, by the same index. Operations under way keep theirs. */
final class Topology {
    final Ring ring;
    final List<NodeLink> links;
    private final Routing routing;
    private final NodeDown nodeDown;

    Topology(Ring ring, List<NodeLink> links, Routing routing, NodeDown nodeDown) {
        this.ring = ring;
        this.links = List.copyOf(links);
        this.routing = routing;
        this.nodeDown = nodeDown;
    }

    /** The index of the node that is to be asked for a key. */
    int indexFor(byte[] key) {
        if (links.size() == 1) {
            return 0; // There is nothing to hash for.
        }
        long part = routing.part(key);
        int from = (int) (part >>> Integer.SIZE);
        int length = (int) part;
        int owner = ring.indexFor(key, from, length);
        if (nodeDown == NodeDown.FAIL || !links.get(owner).isDown()) {
            return owner;
        }
        int next = ring.indexFor(key, from, length, index -> !links.get(index).isDown());
        return next == NodeLocator.NONE ? owner : next;
    }

    NodeLink linkFor(byte[] key) {
        return links.get(indexFor(key));
    }
}
