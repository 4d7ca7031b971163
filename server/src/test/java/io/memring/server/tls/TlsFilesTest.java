package io.memring.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memring.server.tls.TestCertificates.Identity;
import io.memring.server.tls.TlsConfig.KeyFormat;
import io.memring.server.tls.TlsConfig.TlsProvider;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The forms in which keys and certificates are written, and what is said about broken ones. */
class TlsFilesTest {

    private static final Identity AUTHORITY = TestCertificates.authority("authority");

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"EC", "RSA", "EdDSA"})
    void read_pkcs8_ofEveryAlgorithm(String algorithm) throws Exception {
        Identity node = AUTHORITY.sign("node", algorithm);
        Certificates read = read(node.certificatePem(), node.keyPem());
        assertThat(read.key()).isEqualTo(node.keys().getPrivate());
        assertThat(read.chain()).containsExactly(node.certificate());
    }

    @ParameterizedTest
    @ValueSource(strings = {"EC", "RSA"})
    void read_olderForms_areTheSameKey(String algorithm) throws Exception {
        Identity node = AUTHORITY.sign("node", algorithm);
        byte[] inner = withoutWrapping(node.keys().getPrivate().getEncoded());
        if (algorithm.equals("EC")) {
            // The JDK leaves the curve out of the inner structure, OpenSSL writes it there.
            byte[] curve = {6, 8, 0x2A, (byte) 0x86, 0x48, (byte) 0xCE, 0x3D, 3, 1, 7};
            inner = p256(inner, curve);
        }
        String label = algorithm + " PRIVATE KEY";
        Certificates pem = read(node.certificatePem(), TestCertificates.pem(label, inner));
        assertThat(pem.isPair()).isTrue();

        Path der = folder.resolve("key.der");
        Files.write(der, inner);
        Files.writeString(folder.resolve("chain"), node.certificatePem());
        assertThat(files(folder.resolve("chain"), der, KeyFormat.DER).read().isPair()).isTrue();
    }

    /** What the octet string of PKCS #8 holds: everything behind its third header. */
    private static byte[] withoutWrapping(byte[] pkcs8) {
        for (int i = 8; i < pkcs8.length; i++) {
            if (pkcs8[i] == 4) {
                int header =
                        (pkcs8[i + 1] & 0xFF) == 0x82 ? 4 : (pkcs8[i + 1] & 0xFF) == 0x81 ? 3 : 2;
                byte[] inner = Arrays.copyOfRange(pkcs8, i + header, pkcs8.length);
                if (inner[0] == 0x30) {
                    return inner;
                }
            }
        }
        throw new AssertionError("no octet string");
    }

    /** SEQUENCE { INTEGER 1, OCTET STRING (32 or 48 bytes) } with a curve behind it. */
    private static byte[] p256(byte[] sec1, byte[] p256) {
        int bytes = sec1[6];
        byte[] p384 = {6, 5, 0x2B, (byte) 0x81, 4, 0, 34};
        byte[] curve = bytes == 32 ? p256 : p384;
        byte[] whole = Arrays.copyOf(sec1, 7 + bytes + 2 + curve.length);
        whole[1] = (byte) (whole.length - 2);
        whole[7 + bytes] = (byte) 0xA0;
        whole[8 + bytes] = (byte) curve.length;
        System.arraycopy(curve, 0, whole, 9 + bytes, curve.length);
        return whole;
    }

    @Test
    void read_chainAndKeyInOneFile_withTextAround() throws Exception {
        Identity node = AUTHORITY.sign("node");
        Path both = folder.resolve("both.pem");
        Files.writeString(
                both,
                "Certificate:\n    Data: - x -\n"
                        + node.certificatePem()
                        + "\n"
                        + node.keyPem()
                        + "# and the authority\n"
                        + AUTHORITY.certificatePem());
        Certificates read = files(both, Path.of(""), KeyFormat.PEM).read();
        assertThat(read.chain()).containsExactly(node.certificate(), AUTHORITY.certificate());
        assertThat(read.key()).isEqualTo(node.keys().getPrivate());
    }

    @Test
    void read_broken_saysWhat() throws IOException {
        Identity node = AUTHORITY.sign("node");
        Identity other = AUTHORITY.sign("other");
        Identity rsa = AUTHORITY.sign("rsa", "RSA");
        String chain = node.certificatePem();
        String key = node.keyPem();
        assertRefused("", key, "ssl_chain_cert", "there is no PEM certificate in it");
        assertRefused(chain.replace("MII", "AAA"), key, "ssl_chain_cert", "a certificate in it is");
        assertRefused(chain, chain, "ssl_key", "there is no PEM private key in it");
        assertRefused(chain, other.keyPem(), "ssl_key", "the key is not that of the certificate");
        assertRefused(chain, rsa.keyPem(), "ssl_key", "the key is not that of the certificate");
        assertRefused(
                chain,
                TestCertificates.pem("ENCRYPTED PRIVATE KEY", new byte[9]),
                "ssl_key",
                "the key in it is encrypted");
        for (int length = 0; length < 40; length++) {
            byte[] cut = Arrays.copyOf(node.keys().getPrivate().getEncoded(), length);
            for (String label : new String[] {"", "RSA ", "EC "}) {
                assertRefused(
                        chain,
                        TestCertificates.pem(label + "PRIVATE KEY", cut),
                        "ssl_key",
                        "the key in it cannot be used");
            }
        }
    }

    @Test
    void read_missingFile_isNamed() {
        Path none = folder.resolve("none");
        assertThatThrownBy(() -> files(none, none, KeyFormat.PEM).read())
                .isInstanceOf(TlsFileException.class)
                .hasMessage("ssl_chain_cert=" + none + ": there is no such file");
    }

    @Test
    void stamp_changedFile_isAnother() throws IOException {
        Path file = folder.resolve("file");
        TlsFiles files = files(file, file, KeyFormat.PEM);
        Object missing = files.stamp();
        Files.writeString(file, "1");
        Object there = files.stamp();
        assertThat(there).isNotEqualTo(missing).isEqualTo(files.stamp());
        Files.writeString(file, "12");
        assertThat(files.stamp()).isNotEqualTo(there);
    }

    private void assertRefused(String chain, String key, String option, String reason) {
        assertThatThrownBy(() -> read(chain, key))
                .isInstanceOf(TlsFileException.class)
                .hasMessageContaining(option)
                .hasMessageContaining(reason);
    }

    private Certificates read(String chain, String key) throws IOException, TlsFileException {
        Path chainFile = Files.writeString(folder.resolve("chain.pem"), chain);
        Path keyFile = Files.writeString(folder.resolve("key.pem"), key);
        return files(chainFile, keyFile, KeyFormat.PEM).read();
    }

    private static TlsFiles files(Path chain, Path key, KeyFormat format) {
        return new TlsFiles(
                TestTlsConfig.of(chain.toString(), key.toString(), format, TlsProvider.AUTO));
    }
}
