package io.memring.client.error;

import org.jspecify.annotations.Nullable;

/** There is no connection to the node, and the client does not wait for one. */
public sealed class NodeUnavailableException extends MemcacheException
        permits CircuitOpenException, TlsException {
    private static final long serialVersionUID = 1L;

    /** Says why there is none. */
    public NodeUnavailableException(Origin origin, String message, @Nullable Throwable cause) {
        super(origin, Outcome.NOT_SENT, message, cause);
    }
}
