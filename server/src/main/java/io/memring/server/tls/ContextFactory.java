package io.memring.server.tls;

import io.memring.server.tls.TlsConfig.TlsProvider;
import io.memring.server.tls.TlsFileException.Subject;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.OpenSslServerSessionContext;
import io.netty.handler.ssl.OpenSslX509KeyManagerFactory;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
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
        SslContextBuilder builder =
                forServer(certificates)
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
            throw unusable(e);
        }
    }

    /**
     * The JDK signs in tasks. The native library does so only through a method of ours, which is
     * worth it for RSA: a signature of ECDSA takes less time than to hand it over.
     */
    private SslContextBuilder forServer(Certificates certificates) throws TlsFileException {
        X509Certificate[] chain = certificates.chain().toArray(NO_CERTIFICATES);
        PrivateKey key = certificates.key();
        if (!isNative || !key.getAlgorithm().equals("RSA")) {
            return SslContextBuilder.forServer(key, chain);
        }
        try {
            return SslContextBuilder.forServer(OpenSslX509KeyManagerFactory.newKeyless(chain))
                    .option(OpenSslContextOption.PRIVATE_KEY_METHOD, new RsaKeyMethod(key));
        } catch (GeneralSecurityException | IOException e) {
            throw unusable(e);
        }
    }

    private TlsFileException unusable(Exception cause) {
        return new TlsFileException(
                Subject.CHAIN,
                config.chainCert(),
                "it cannot be used: " + cause.getMessage(),
                cause);
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
