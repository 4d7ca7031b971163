/**
 * Where keys live: rings of nodes, as values.
 *
 * <p>A {@link io.memring.client.ring.RingFactory} makes an immutable {@link
 * io.memring.client.ring.Ring} of {@link io.memring.client.ring.Node}s. Nothing here knows a
 * network, a clock or a thread; a ring may be used by any number of threads at once.
 *
 * <pre>
 *   key ──KeyHash──► 32 bits ──► first point not below it ──► index of a node
 *
 *   points:  ├──A──┼───C───┼─B─┼────A────┼──B──┼──C──┤   sorted; past the last one comes the first
 * </pre>
 *
 * <p>What makes rings of different clients differ is small and named: how a node is called ({@link
 * io.memring.client.ring.NodeNaming}), how its points come from that name, how many it gets for its
 * weight, how keys are hashed ({@link io.memring.client.ring.KeyHash}), and who wins a point that
 * two nodes claim. Each {@link io.memring.client.ring.RingFormat} is one combination of these.
 */
@NullMarked
package io.memring.client.ring;

import org.jspecify.annotations.NullMarked;
