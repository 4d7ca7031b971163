package io.memring.load.result;

import org.jspecify.annotations.Nullable;

/** A run that cannot begin or go on; the message is one line for the user. */
public final class LoadException extends Exception {

    private static final long serialVersionUID = 1;

    public LoadException(String message) {
        super(message);
    }

    public LoadException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
