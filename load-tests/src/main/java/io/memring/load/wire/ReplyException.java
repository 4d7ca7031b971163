package io.memring.load.wire;

/** A reply that makes no sense, after which nothing on its connection would. */
public final class ReplyException extends Exception {

    private static final long serialVersionUID = 1;

    public ReplyException(String message) {
        super(message);
    }
}
