package io.memring.sasl;

import java.io.IOException;

/** A credential file that cannot be understood; the message names the file and the line. */
public final class CredentialFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int line;

    CredentialFormatException(String file, int line, String rule) {
        super(file + ", line " + line + ": " + rule);
        this.line = line;
    }

    /** The line that is wrong, counted from 1. */
    public int line() {
        return line;
    }
}
