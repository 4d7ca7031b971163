package io.memring.client.error;

/** The node has no memory for the item. */
public final class OutOfMemoryStoringException extends ServerRefusedException {
    private static final long serialVersionUID = 1L;

    /** Quotes the error line. */
    public OutOfMemoryStoringException(Origin origin, String line) {
        super(origin, line);
    }
}
