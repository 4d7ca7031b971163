package io.memring.load.engine;

import org.jspecify.annotations.Nullable;

/** A login that has failed; the message says why. */
final class LoginException extends Exception {

    private static final long serialVersionUID = 1;

    LoginException(String message) {
        super(message);
    }

    LoginException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
