package io.memring.server;

import io.memring.server.tls.TlsConfig;
import io.memring.server.tls.TlsConfig.KeyFormat;
import io.memring.server.tls.TlsConfig.MinVersion;
import io.memring.server.tls.TlsConfig.TlsProvider;
import io.memring.server.tls.TlsConfig.VerifyMode;
import io.memring.server.tls.TlsMode;

import org.jspecify.annotations.Nullable;

/** The part of a configuration that is about TLS while it is being put together. */
final class TlsSettings {

    private static final int KIBI = 1024;
    private static final int MAX_RECORD_KILOBYTES = 1024;
    private static final int LOWEST_MIN_VERSION = 2;

    boolean enabled;
    String chainCert = "";
    String key = "";
    KeyFormat keyFormat = KeyFormat.PEM;
    VerifyMode verifyMode = VerifyMode.NONE;
    @Nullable String ciphers;
    @Nullable String caCert;
    int recordSize = TlsConfig.DEFAULT_RECORD_SIZE;
    boolean sessionCache;
    boolean kernelTls;
    MinVersion minVersion = MinVersion.TLS_1_2;
    TlsProvider provider = TlsProvider.AUTO;
    int handshakeTimeoutSeconds = TlsConfig.DEFAULT_HANDSHAKE_TIMEOUT_SECONDS;

    /** Takes an option whose name begins with {@code ssl_}. */
    void apply(ExtendedOption option, String text) {
        String name = option.optionName();
        switch (option) {
            case SSL_CHAIN_CERT -> chainCert = text;
            case SSL_KEY -> key = text;
            case SSL_KEYFORMAT -> keyFormat = keyFormat(name, text);
            case SSL_VERIFY_MODE ->
                    verifyMode =
                            VerifyMode.values()[
                                    OptionValue.inRange(
                                            name, OptionValue.integer(name, text), 0, 3)];
            case SSL_CIPHERS -> ciphers = text;
            case SSL_CA_CERT -> caCert = text;
            case SSL_WBUF_SIZE ->
                    recordSize =
                            KIBI
                                    * OptionValue.inRange(
                                            name,
                                            OptionValue.integer(name, text),
                                            1,
                                            MAX_RECORD_KILOBYTES);
            case SSL_MIN_VERSION -> minVersion = minVersion(name, text);
            case SSL_PROVIDER -> provider = provider(name, text);
            case SSL_HANDSHAKE_TIMEOUT ->
                    handshakeTimeoutSeconds =
                            OptionValue.atLeast(name, OptionValue.integer(name, text), 0);
            default -> throw new IllegalStateException(option + " is not about TLS");
        }
    }

    private static KeyFormat keyFormat(String option, String text) {
        return switch (text) {
            case "1", "PEM" -> KeyFormat.PEM;
            case "2", "DER" -> KeyFormat.DER;
            default -> throw new InvalidOptionException(option, text, "must be 1 (PEM) or 2 (DER)");
        };
    }

    private static MinVersion minVersion(String option, String text) {
        int number = OptionValue.inRange(option, OptionValue.integer(option, text), 0, 3);
        if (number < LOWEST_MIN_VERSION) {
            throw new InvalidOptionException(
                    option, text, "must be 2 (TLS 1.2) or 3 (TLS 1.3), older versions are broken");
        }
        return MinVersion.values()[number - LOWEST_MIN_VERSION];
    }

    private static TlsProvider provider(String option, String text) {
        return switch (text) {
            case "auto" -> TlsProvider.AUTO;
            case "native" -> TlsProvider.NATIVE;
            case "jdk" -> TlsProvider.JDK;
            default ->
                    throw new InvalidOptionException(option, text, "must be auto, native or jdk");
        };
    }

    /** What a listener does when its entry of {@code -l} does not say. */
    TlsMode defaultMode() {
        return enabled ? TlsMode.DEFAULT : TlsMode.OFF;
    }

    /**
     * Checks the whole.
     *
     * @param hasTcp whether the node listens on a TCP port
     */
    TlsConfig build(boolean hasTcp) {
        if (enabled && chainCert.isEmpty()) {
            throw new InvalidOptionException("-Z: needs -o ssl_chain_cert=FILE");
        }
        if (enabled && !hasTcp) {
            throw new InvalidOptionException("-Z: needs a TCP port (-p)");
        }
        return new TlsConfig(
                enabled,
                chainCert,
                key,
                keyFormat,
                verifyMode,
                ciphers,
                caCert,
                recordSize,
                sessionCache,
                kernelTls,
                minVersion,
                provider,
                handshakeTimeoutSeconds);
    }
}
