package io.memring.server;

/**
 * An option that a node cannot start with. The message is one line that names the option, the value
 * and what is allowed, ready to be shown to whoever typed it.
 */
public final class InvalidOptionException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    InvalidOptionException(String option, Object value, String rule) {
        this(option + " " + value + ": " + rule);
    }

    InvalidOptionException(String message) {
        super(message);
    }
}
