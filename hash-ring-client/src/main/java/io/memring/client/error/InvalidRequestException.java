package io.memring.client.error;

/** The request breaks a rule, such as that of keys; nothing was sent. */
public final class InvalidRequestException extends MemcacheException {
    private static final long serialVersionUID = 1L;

    /** Says which rule. */
    public InvalidRequestException(Origin origin, String message) {
        super(origin, Outcome.NOT_SENT, message, null);
    }

    @Override
    public boolean retryable() {
        return false;
    }
}
