package io.memring.client.error;

/** The node does not accept the credentials. */
public final class AuthenticationException extends MemcacheException {
    private static final long serialVersionUID = 1L;

    /** Quotes the node. */
    public AuthenticationException(Origin origin, String message) {
        super(origin, Outcome.NOT_SENT, message, null);
    }

    @Override
    public boolean retryable() {
        return false;
    }
}
