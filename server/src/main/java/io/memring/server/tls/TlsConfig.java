package io.memring.server.tls;

import io.netty.handler.ssl.ClientAuth;

import org.jspecify.annotations.Nullable;

/**
 * What a node is told about TLS. Paths and lists stand as they were given, because {@code stats
 * settings} shows them so.
 *
 * @param enabled speak it, {@code -Z}; all else is of no effect without
 * @param chainCert PEM file with the node's certificate and those that lead to the authority; empty
 *     only when TLS is not enabled
 * @param key file with the private key; empty when it stands in {@code chainCert}
 * @param keyFormat how the key is written
 * @param verifyMode what is asked of clients
 * @param ciphers cipher suites up to TLS 1.2 in OpenSSL's notation; null for the library's choice
 * @param caCert PEM file with the authorities of client certificates; null for none
 * @param recordSize bytes of replies that are encrypted in one go
 * @param sessionCache let clients resume sessions
 * @param kernelTls shown only
 * @param minVersion the oldest version spoken
 * @param provider who does the cryptography
 * @param handshakeTimeoutSeconds time that a client has for its handshake; 0 for ever
 */
public record TlsConfig(
        boolean enabled,
        String chainCert,
        String key,
        KeyFormat keyFormat,
        VerifyMode verifyMode,
        @Nullable String ciphers,
        @Nullable String caCert,
        int recordSize,
        boolean sessionCache,
        boolean kernelTls,
        MinVersion minVersion,
        TlsProvider provider,
        int handshakeTimeoutSeconds) {

    public static final int DEFAULT_RECORD_SIZE = 16 << 10;
    public static final int DEFAULT_HANDSHAKE_TIMEOUT_SECONDS = 10;

    /** The file with the private key. */
    String keyFile() {
        return key.isEmpty() ? chainCert : key;
    }

    /** {@code ssl_keyformat}; the numbers are OpenSSL's. */
    public enum KeyFormat {
        PEM(1),
        DER(2);

        private final int number;

        KeyFormat(int number) {
            this.number = number;
        }

        public int number() {
            return number;
        }
    }

    /** {@code ssl_verify_mode}, whose value is the ordinal; {@code stats} shows OpenSSL's bits. */
    public enum VerifyMode {
        NONE(0, ClientAuth.NONE),
        /** A certificate that is shown must be good. */
        REQUEST(1, ClientAuth.OPTIONAL),
        REQUIRE(3, ClientAuth.REQUIRE),
        /** As REQUIRE: without renegotiation a certificate is never asked for twice. */
        ONCE(7, ClientAuth.REQUIRE);

        private final int bits;
        private final ClientAuth clientAuth;

        VerifyMode(int bits, ClientAuth clientAuth) {
            this.bits = bits;
            this.clientAuth = clientAuth;
        }

        public int bits() {
            return bits;
        }

        ClientAuth clientAuth() {
            return clientAuth;
        }
    }

    /** {@code ssl_min_version}: versions before 1.2 are broken and not spoken. */
    public enum MinVersion {
        TLS_1_2("tlsv1.2", "TLSv1.3", "TLSv1.2"),
        TLS_1_3("tlsv1.3", "TLSv1.3");

        private final String wireName;
        private final String[] protocols;

        MinVersion(String wireName, String... protocols) {
            this.wireName = wireName;
            this.protocols = protocols;
        }

        /** The name in {@code stats settings}. */
        public String wireName() {
            return wireName;
        }

        String[] protocols() {
            return protocols.clone();
        }
    }

    /** Who does the cryptography. */
    public enum TlsProvider {
        /** The native library where it can be loaded, else the JDK. */
        AUTO,
        /** BoringSSL. */
        NATIVE,
        JDK
    }
}
