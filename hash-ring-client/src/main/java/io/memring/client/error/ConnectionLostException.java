package io.memring.client.error;

import org.jspecify.annotations.Nullable;

/** The connection broke while a reply was awaited. */
public final class ConnectionLostException extends MemcacheException {
    private static final long serialVersionUID = 1L;

    /** Says what happened. */
    public ConnectionLostException(Origin origin, String message, @Nullable Throwable cause) {
        super(origin, Outcome.MAYBE_APPLIED, message, cause);
    }
}
