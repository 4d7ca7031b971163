package io.memring.client.error;

/** The value is larger than the node takes. */
public final class ItemTooLargeException extends ServerRefusedException {
    private static final long serialVersionUID = 1L;

    /** Quotes the error line. */
    public ItemTooLargeException(Origin origin, String line) {
        super(origin, line);
    }
}
