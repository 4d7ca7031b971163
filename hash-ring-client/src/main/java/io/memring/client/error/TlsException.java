package io.memring.client.error;

import org.jspecify.annotations.Nullable;

/** TLS could not be agreed on with the node, or its certificate is not trusted. */
public final class TlsException extends NodeUnavailableException {
    private static final long serialVersionUID = 1L;

    /** Says why. */
    public TlsException(Origin origin, String message, @Nullable Throwable cause) {
        super(origin, message, cause);
    }
}
