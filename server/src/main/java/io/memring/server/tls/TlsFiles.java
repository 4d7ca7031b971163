package io.memring.server.tls;

import io.memring.server.tls.PemBlocks.Block;
import io.memring.server.tls.TlsFileException.Subject;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reads what a configuration names: certificate chain, key and authorities. */
final class TlsFiles {

    private static final String CERTIFICATE = "CERTIFICATE";

    private final TlsConfig config;

    TlsFiles(TlsConfig config) {
        this.config = config;
    }

    /** Reads all files and checks that they fit together. */
    Certificates read() throws TlsFileException {
        List<X509Certificate> chain = readCertificates(Subject.CHAIN, config.chainCert());
        PrivateKey key = readKey();
        String ca = config.caCert();
        List<X509Certificate> authorities =
                ca == null ? List.of() : readCertificates(Subject.AUTHORITIES, ca);
        Certificates certificates = new Certificates(chain, key, authorities);
        checkPair(certificates);
        return certificates;
    }

    /** Something that changes when one of the files does, or is replaced. */
    List<String> stamp() {
        return Stream.of(config.chainCert(), config.keyFile(), config.caCert())
                .map(path -> path == null ? "" : stamp(Path.of(path)))
                .toList();
    }

    private static String stamp(Path path) {
        try {
            BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class);
            return file.fileKey() + " " + file.lastModifiedTime() + " " + file.size();
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static List<X509Certificate> readCertificates(Subject subject, String path)
            throws TlsFileException {
        List<X509Certificate> certificates = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (Block block : PemBlocks.parse(readFile(subject, path))) {
                if (block.label().endsWith(CERTIFICATE)) {
                    certificates.add(
                            (X509Certificate)
                                    factory.generateCertificate(
                                            new ByteArrayInputStream(block.data())));
                }
            }
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new TlsFileException(subject, path, "a certificate in it is damaged", e);
        }
        if (certificates.isEmpty()) {
            throw new TlsFileException(subject, path, "there is no PEM certificate in it");
        }
        return certificates;
    }

    private PrivateKey readKey() throws TlsFileException {
        byte[] file = readFile(Subject.KEY, config.keyFile());
        try {
            return switch (config.keyFormat()) {
                case DER -> PrivateKeyForms.fromAnyDer(file);
                case PEM -> readPemKey(file);
            };
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new TlsFileException(
                    Subject.KEY, config.keyFile(), "the key in it cannot be used", e);
        }
    }

    private PrivateKey readPemKey(byte[] file) throws GeneralSecurityException, TlsFileException {
        for (Block block : PemBlocks.parse(file)) {
            if (block.label().startsWith("ENCRYPTED") || isEncryptedOldForm(block)) {
                throw new TlsFileException(
                        Subject.KEY, config.keyFile(), "the key in it is encrypted");
            }
            switch (block.label()) {
                case "PRIVATE KEY" -> {
                    return PrivateKeyForms.fromPkcs8(block.data());
                }
                case "RSA PRIVATE KEY" -> {
                    return PrivateKeyForms.fromPkcs1(block.data());
                }
                case "EC PRIVATE KEY" -> {
                    return PrivateKeyForms.fromSec1(block.data());
                }
                default -> {} // Certificates and curve parameters may stand beside the key.
            }
        }
        throw new TlsFileException(
                Subject.KEY, config.keyFile(), "there is no PEM private key in it");
    }

    private static boolean isEncryptedOldForm(Block block) {
        return block.label().endsWith("PRIVATE KEY") && block.hasHeaders();
    }

    private void checkPair(Certificates certificates) throws TlsFileException {
        try {
            if (!certificates.isPair()) {
                throw new TlsFileException(
                        Subject.PAIR,
                        config.keyFile(),
                        "the key is not that of the certificate in " + config.chainCert());
            }
        } catch (GeneralSecurityException e) {
            throw new TlsFileException(
                    Subject.PAIR, config.keyFile(), "the key cannot be used: " + e.getMessage(), e);
        }
    }

    private static byte[] readFile(Subject subject, String path) throws TlsFileException {
        try {
            return Files.readAllBytes(Path.of(path));
        } catch (NoSuchFileException e) {
            throw new TlsFileException(subject, path, "there is no such file", e);
        } catch (IOException e) {
            throw new TlsFileException(subject, path, "the file cannot be read", e);
        }
    }
}
