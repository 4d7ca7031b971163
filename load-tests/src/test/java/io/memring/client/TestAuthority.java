package io.memring.client;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** Signs certificates for tests. */
final class TestAuthority {
    private final X509Bundle own;

    TestAuthority(String name) {
        own = built(newCertificate(name).setIsCertificateAuthority(true), null);
    }

    private static CertificateBuilder newCertificate(String name) {
        Instant now = Instant.now();
        return new CertificateBuilder()
                .ecp256()
                .subject("CN=" + name)
                .notBefore(now.minus(Duration.ofDays(1)))
                .notAfter(now.plus(Duration.ofDays(1)));
    }

    private static X509Bundle built(CertificateBuilder certificate, @Nullable X509Bundle issuer) {
        try {
            return issuer == null
                    ? certificate.buildSelfSigned()
                    : certificate.buildIssuedBy(issuer);
        } catch (Exception e) { // The builder declares no less.
            throw new IllegalStateException(e);
        }
    }

    /** The certificate of the node on a host. */
    X509Bundle node(String host) {
        return built(newCertificate(host).addSanDnsName(host).addExtendedKeyUsageServerAuth(), own);
    }

    /** The certificate of the node at an address. */
    X509Bundle nodeAt(String address) {
        return built(
                newCertificate("node").addSanIpAddress(address).addExtendedKeyUsageServerAuth(),
                own);
    }

    /** One that was good until an hour ago. */
    X509Bundle expired(String host) {
        Instant end = Instant.now().minus(Duration.ofHours(1));
        return built(newCertificate(host).addSanDnsName(host).notAfter(end), own);
    }

    X509Bundle client(String name) {
        return built(newCertificate(name).addExtendedKeyUsageClientAuth(), own);
    }

    /** The authority's own certificate, for those who trust it. */
    Path file(Path folder) throws IOException {
        return write(
                folder,
                own.getCertificate().getSerialNumber() + ".authority.pem",
                own.getCertificatePEM());
    }

    static Path write(Path folder, String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
