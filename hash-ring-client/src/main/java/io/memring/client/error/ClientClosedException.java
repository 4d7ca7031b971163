package io.memring.client.error;

/** The client has been closed. */
public final class ClientClosedException extends MemcacheException {
    private static final long serialVersionUID = 1L;

    /** Says what was asked of the closed client. */
    public ClientClosedException(Origin origin) {
        super(origin, Outcome.NOT_SENT, "the client is closed", null);
    }

    @Override
    public boolean retryable() {
        return false;
    }
}
