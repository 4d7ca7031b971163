package io.memring.server.connection;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;

import org.jspecify.annotations.Nullable;

import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;

import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * The user that a client's certificate names: its first e-mail address, DNS name or URI, or without
 * any of these its common name.
 */
final class CertifiedUser {
    /** Kinds of subject alternative names, RFC 5280. */
    private static final int EMAIL = 1;

    private static final int DNS = 2;
    private static final int URI = 6;

    private CertifiedUser() {}

    /** Null when the client has not shown a certificate that was verified. */
    static @Nullable String of(Channel channel) {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls == null) {
            return null;
        }
        try {
            Certificate[] chain = tls.engine().getSession().getPeerCertificates();
            return chain.length > 0 && chain[0] instanceof X509Certificate certificate
                    ? of(certificate)
                    : null;
        } catch (SSLPeerUnverifiedException _) {
            return null;
        }
    }

    static @Nullable String of(X509Certificate certificate) {
        try {
            String name = alternativeName(certificate.getSubjectAlternativeNames());
            return name == null ? commonName(certificate) : name;
        } catch (CertificateParsingException | InvalidNameException _) {
            return null; // It has shown one, but one that says nothing.
        }
    }

    private static @Nullable String alternativeName(@Nullable Collection<List<?>> names) {
        if (names == null) {
            return null;
        }
        for (List<?> name : names) {
            boolean usable =
                    name.get(0) instanceof Integer kind
                            && (kind == EMAIL || kind == DNS || kind == URI);
            if (usable && name.get(1) instanceof String text) {
                return text;
            }
        }
        return null;
    }

    private static @Nullable String commonName(X509Certificate certificate)
            throws InvalidNameException {
        for (Rdn part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
            if (part.getType().equalsIgnoreCase("CN") && part.getValue() instanceof String name) {
                return name;
            }
        }
        return null;
    }
}
