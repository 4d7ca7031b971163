package io.memring.server.tls;

import io.memring.server.tls.TlsConfig.TlsProvider;
import io.memring.server.tls.TlsFileException.Subject;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslServerSessionContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;

import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.List;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/** Makes the TLS library's contexts from certificates and options. */
final class ContextFactory {

    private static final X509Certificate[] NO_CERTIFICATES = {};

    /** Of a JDK context whose sessions shall not be resumed, which it cannot be told otherwise. */
    private static final int SHORTEST_SESSION_SECONDS = 1;

    private final TlsConfig config;
    private final boolean isNative;

    ContextFactory(TlsConfig config) throws TlsFileException {
        this.config = config;
        this.isNative = isNative(config.provider());
    }

    private static boolean isNative(TlsProvider provider) throws TlsFileException {
        return switch (provider) {
            case AUTO -> OpenSsl.isAvailable();
            case JDK -> false;
            case NATIVE -> {
                if (!OpenSsl.isAvailable()) {
                    throw new TlsFileException(
                            Subject.PROVIDER, "native", "it does not work on this machine");
                }
                yield true;
            }
        };
    }

    /** The name and version of who does the cryptography. */
    String providerName() {
        return isNative
                ? String.valueOf(OpenSsl.versionString())
                : "the JDK " + Runtime.version().feature();
    }

    /** A context of its own for a mode, to be released by whoever asked for it. */
    SslContext newContext(TlsMode mode, Certificates certificates) throws TlsFileException {
        X509Certificate[] chain = certificates.chain().toArray(NO_CERTIFICATES);
        SslContextBuilder builder =
                SslContextBuilder.forServer(certificates.key(), chain)
                        .sslProvider(isNative ? SslProvider.OPENSSL_REFCNT : SslProvider.JDK)
                        .protocols(config.minVersion().protocols())
                        .clientAuth(mode.clientAuth(config));
        if (certificates.authorities().isEmpty()) {
            builder.trustManager(new TrustNobody());
        } else {
            builder.trustManager(certificates.authorities().toArray(NO_CERTIFICATES));
        }
        String ciphers = config.ciphers();
        if (ciphers != null) {
            builder.ciphers(CipherList.select(ciphers, availableCiphers()));
        }
        try {
            return isNative ? buildNative(builder) : buildJdk(builder);
        } catch (SSLException e) {
            throw new TlsFileException(
                    Subject.CHAIN, config.chainCert(), "it cannot be used: " + e.getMessage(), e);
        }
    }

    /** In the JDK's names. */
    private List<String> availableCiphers() {
        if (isNative) {
            return OpenSsl.availableJavaCipherSuites().stream()
                    .filter(suite -> suite.startsWith("TLS_"))
                    .toList();
        }
        try {
            return List.of(SSLContext.getDefault().getSupportedSSLParameters().getCipherSuites());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the JDK has no TLS", e);
        }
    }

    private SslContext buildJdk(SslContextBuilder builder) throws SSLException {
        if (!config.sessionCache()) {
            builder.sessionCacheSize(1).sessionTimeout(SHORTEST_SESSION_SECONDS);
        }
        return builder.build();
    }

    /** TLS 1.2 resumes from the cache, TLS 1.3 from tickets, under keys that the library rolls. */
    private SslContext buildNative(SslContextBuilder builder) throws SSLException {
        SslContext context = builder.build();
        OpenSslServerSessionContext sessions =
                (OpenSslServerSessionContext) context.sessionContext();
        sessions.setSessionCacheEnabled(config.sessionCache());
        if (config.sessionCache()) {
            sessions.setTicketKeys();
        }
        return context;
    }
}
