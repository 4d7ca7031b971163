package io.memring.server.tls;

import org.jspecify.annotations.Nullable;

/** Certificates or a key that cannot be used; says which option named them. */
public final class TlsFileException extends Exception {

    private static final long serialVersionUID = 1L;

    /** What could not be loaded. */
    public enum Subject {
        CHAIN("ssl_chain_cert", "Error loading the certificate chain"),
        KEY("ssl_key", "Error loading the key"),
        /** The key is not that of the certificate. */
        PAIR("ssl_key", "Error validating the certificate"),
        AUTHORITIES("ssl_ca_cert", "Error loading the CA certificate"),
        CIPHERS("ssl_ciphers", "Error setting the provided cipher(s)"),
        PROVIDER("ssl_provider", "Error loading the TLS library");

        private final String option;
        private final String wireWords;

        Subject(String option, String wireWords) {
            this.option = option;
            this.wireWords = wireWords;
        }

        public String option() {
            return option;
        }
    }

    private final Subject subject;
    private final String value;
    private final String reason;

    TlsFileException(Subject subject, String value, String reason) {
        this(subject, value, reason, null);
    }

    TlsFileException(Subject subject, String value, String reason, @Nullable Throwable cause) {
        super(subject.option + "=" + value + ": " + reason, cause);
        this.subject = subject;
        this.value = value;
        this.reason = reason;
    }

    public Subject subject() {
        return subject;
    }

    /** The option's value, most often a path. */
    public String value() {
        return value;
    }

    public String reason() {
        return reason;
    }

    /** The reply to {@code refresh_certs}: memcached's words, and our reason behind them. */
    public String wireLine() {
        return subject == Subject.PAIR
                ? subject.wireWords + ": " + reason
                : subject.wireWords + ": " + value + " : " + reason;
    }
}
