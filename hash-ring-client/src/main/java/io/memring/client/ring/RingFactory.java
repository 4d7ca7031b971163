package io.memring.client.ring;

import java.util.List;

/** Makes a ring of nodes. {@link Rings} and {@link RingFormat} have the ones there are. */
@FunctionalInterface
public interface RingFactory {

    /**
     * Makes a ring.
     *
     * @param nodes at least one node that is not draining; their identities differ
     */
    Ring build(List<Node> nodes);
}
