package io.memring.client.error;

/**
 * The node has not answered several requests in a row and is left alone until it answers a probe.
 */
public final class CircuitOpenException extends NodeUnavailableException {
    private static final long serialVersionUID = 1L;

    /** Says that the node is left alone. */
    public CircuitOpenException(Origin origin) {
        super(origin, "the node does not answer and is being probed", null);
    }
}
