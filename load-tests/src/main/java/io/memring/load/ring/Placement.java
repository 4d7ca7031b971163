package io.memring.load.ring;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.memring.client.ring.Node;
import io.memring.client.ring.Ring;
import io.memring.client.ring.Routing;

/**
 * Where keys live.
 *
 * @param ring the nodes
 * @param routing the part of a key that decides
 */
record Placement(Ring ring, Routing routing) {

    /** The index of a key's node. */
    int indexFor(String key) {
        byte[] bytes = key.getBytes(UTF_8);
        long part = routing.part(bytes);
        return ring.indexFor(bytes, (int) (part >>> Integer.SIZE), (int) part);
    }

    /** A key's node. */
    Node nodeFor(String key) {
        return ring.nodes().get(indexFor(key));
    }
}
