package io.memring.server.tls;

import io.netty.handler.ssl.ClientAuth;

/** What a listener does about TLS: the prefixes of {@code -l}. */
public enum TlsMode {
    /** Plain text, {@code notls:}; what a node without {@code -Z} speaks. */
    OFF,
    /** TLS; {@code ssl_verify_mode} says what is asked of clients. */
    DEFAULT,
    /** TLS without certificates of clients, {@code btls:}. */
    BASIC,
    /** TLS for clients with a certificate alone, {@code mtls:}. */
    MUTUAL;

    /** What is asked of clients in this mode. */
    ClientAuth clientAuth(TlsConfig config) {
        return switch (this) {
            case OFF -> throw new IllegalStateException("there is no TLS here");
            case DEFAULT -> config.verifyMode().clientAuth();
            case BASIC -> ClientAuth.NONE;
            case MUTUAL -> ClientAuth.REQUIRE;
        };
    }
}
