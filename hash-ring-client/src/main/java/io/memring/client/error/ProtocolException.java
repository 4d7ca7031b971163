package io.memring.client.error;

import org.jspecify.annotations.Nullable;

/** The node said something that is not the protocol; the connection is given up. */
public final class ProtocolException extends MemcacheException {
    private static final long serialVersionUID = 1L;

    /** Says what happened. */
    public ProtocolException(Origin origin, String message, @Nullable Throwable cause) {
        super(origin, Outcome.MAYBE_APPLIED, message, cause);
    }
}
