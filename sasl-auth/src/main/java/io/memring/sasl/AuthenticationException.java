package io.memring.sasl;

/** A server that has not proved to know the password, or does not keep to the mechanism. */
public final class AuthenticationException extends Exception {
    private static final long serialVersionUID = 1L;

    AuthenticationException(String message) {
        super(message);
    }
}
