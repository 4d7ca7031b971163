package io.memring.server.tls;

import io.memring.server.tls.TlsConfig.KeyFormat;
import io.memring.server.tls.TlsConfig.MinVersion;
import io.memring.server.tls.TlsConfig.TlsProvider;
import io.memring.server.tls.TlsConfig.VerifyMode;

/** Defaults, but for the files and the library. */
final class TestTlsConfig {
    private TestTlsConfig() {}

    static TlsConfig of(String chain, String key, KeyFormat format, TlsProvider provider) {
        return new TlsConfig(
                true,
                chain,
                key,
                format,
                VerifyMode.NONE,
                null,
                null,
                TlsConfig.DEFAULT_RECORD_SIZE,
                false,
                false,
                MinVersion.TLS_1_2,
                provider,
                TlsConfig.DEFAULT_HANDSHAKE_TIMEOUT_SECONDS);
    }
}
