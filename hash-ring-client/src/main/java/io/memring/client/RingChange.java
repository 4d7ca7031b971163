package io.memring.client;

import io.memring.client.ring.Ring;

/**
 * Nodes have come or gone.
 *
 * @param movedFraction the share of keys that belong to another node now, from 0 to 1, estimated
 */
public record RingChange(Ring before, Ring after, double movedFraction) {}
