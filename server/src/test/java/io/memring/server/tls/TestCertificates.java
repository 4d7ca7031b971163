package io.memring.server.tls;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * Certificates for tests, made when they are needed: X.509 (RFC 5280) with a name, a key and a
 * signature, and nothing else.
 */
public final class TestCertificates {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    /** OID 1.2.840.10045.4.3.2, ecdsa-with-SHA256. */
    private static final byte[] ECDSA = {6, 8, 0x2A, (byte) 0x86, 0x48, (byte) 0xCE, 0x3D, 4, 3, 2};

    /** OID 2.5.4.3, commonName. */
    private static final byte[] COMMON_NAME = {6, 3, 0x55, 4, 3};

    /** OID 2.5.29.17, subjectAltName. */
    private static final byte[] ALTERNATIVE_NAMES = {6, 3, 0x55, 0x1D, 0x11};

    private static final byte[] VERSION_3 = {(byte) 0xA0, 3, 2, 1, 2};
    private static final byte[] NO_EXTENSIONS = {};

    private static final AtomicInteger SERIALS = new AtomicInteger(1);
    private static final long HOUR = 3600;

    /** The fewest that are still in use; longer keys take seconds to find. */
    private static final int RSA_BITS = 2048;

    /** Somebody with a name, a key and a certificate that says that they belong together. */
    public record Identity(String name, KeyPair keys, X509Certificate certificate) {

        /** Signs the certificate of another one. */
        public Identity sign(String other) {
            return make(other, newKeys("EC"), this, HOUR);
        }

        /** Signs a certificate whose key is of the algorithm: EC, RSA or EdDSA. */
        public Identity sign(String other, String algorithm) {
            return make(other, newKeys(algorithm), this, HOUR);
        }

        /** Signs a certificate that was good until an hour ago. */
        public Identity signExpired(String other) {
            return make(other, newKeys("EC"), this, -HOUR);
        }

        /**
         * Signs a certificate with alternative names.
         *
         * @param kinds of the names, as RFC 5280 numbers them: 1 e-mail, 2 DNS, 6 URI
         */
        public Identity signNamed(String other, List<Integer> kinds, List<String> names) {
            return make(other, newKeys("EC"), this, HOUR, alternativeNames(kinds, names));
        }

        /** What a client trusts that knows nobody but this authority. */
        public TrustManager[] asOnlyAuthority() {
            try {
                KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
                trusted.load(null, null);
                trusted.setCertificateEntry(name, certificate);
                TrustManagerFactory trust =
                        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
                trust.init(trusted);
                return trust.getTrustManagers();
            } catch (GeneralSecurityException | IOException e) {
                throw new IllegalStateException(e);
            }
        }

        public String certificatePem() {
            try {
                return pem("CERTIFICATE", certificate.getEncoded());
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        public String keyPem() {
            return pem("PRIVATE KEY", keys.getPrivate().getEncoded());
        }

        /** Writes both into files of a folder, over what is there. */
        public void write(Path certificateFile, Path keyFile) {
            try {
                Files.writeString(certificateFile, certificatePem());
                Files.writeString(keyFile, keyPem());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private TestCertificates() {}

    /** An authority that vouches for itself. */
    public static Identity authority(String name) {
        return make(name, newKeys("EC"), null, HOUR);
    }

    static String pem(String label, byte[] data) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(data);
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    }

    private static KeyPair newKeys(String algorithm) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            if (algorithm.equals("RSA")) {
                generator.initialize(RSA_BITS);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Identity make(
            String name, KeyPair keys, @Nullable Identity issuer, long secondsLeft) {
        return make(name, keys, issuer, secondsLeft, NO_EXTENSIONS);
    }

    /** Without extensions a certificate is of version 1, with them of version 3. */
    private static Identity make(
            String name,
            KeyPair keys,
            @Nullable Identity issuer,
            long secondsLeft,
            byte[] extensions) {
        String issuerName = issuer == null ? name : issuer.name;
        KeyPair signer = issuer == null ? keys : issuer.keys;
        Instant now = Instant.now();
        byte[] algorithm = sequence(ECDSA);
        byte[] body =
                sequence(
                        extensions.length == 0 ? NO_EXTENSIONS : VERSION_3,
                        element(2, BigInteger.valueOf(SERIALS.getAndIncrement()).toByteArray()),
                        algorithm,
                        nameOf(issuerName),
                        sequence(
                                time(now.minusSeconds(2 * HOUR)),
                                time(now.plusSeconds(secondsLeft))),
                        nameOf(name),
                        keys.getPublic().getEncoded(),
                        extensions);
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(signer.getPrivate());
            signature.update(body);
            byte[] bits = join(new byte[1], signature.sign());
            byte[] certificate = sequence(body, algorithm, element(3, bits));
            return new Identity(
                    name,
                    keys,
                    (X509Certificate)
                            CertificateFactory.getInstance("X.509")
                                    .generateCertificate(new ByteArrayInputStream(certificate)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] alternativeNames(List<Integer> kinds, List<String> names) {
        byte[][] all = new byte[names.size()][];
        for (int i = 0; i < all.length; i++) {
            all[i] = element(0x80 | kinds.get(i), names.get(i).getBytes(StandardCharsets.US_ASCII));
        }
        byte[] extension = sequence(ALTERNATIVE_NAMES, element(4, sequence(all)));
        return element(0xA3, sequence(extension));
    }

    private static byte[] nameOf(String commonName) {
        byte[] text = element(12, commonName.getBytes(StandardCharsets.UTF_8));
        return sequence(element(0x31, sequence(COMMON_NAME, text)));
    }

    private static byte[] time(Instant instant) {
        return element(23, TIME.format(instant).getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] sequence(byte[]... parts) {
        return element(0x30, join(parts));
    }

    private static byte[] element(int tag, byte[] content) {
        int length = content.length;
        byte[] header =
                length < 0x80
                        ? new byte[] {(byte) tag, (byte) length}
                        : length < 0x100
                                ? new byte[] {(byte) tag, (byte) 0x81, (byte) length}
                                : new byte[] {
                                    (byte) tag, (byte) 0x82, (byte) (length >> 8), (byte) length
                                };
        return join(header, content);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
