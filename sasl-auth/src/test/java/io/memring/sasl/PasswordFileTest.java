package io.memring.sasl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/** memcached's {@code user:password} files, whole and broken (CVE-2021-37519). */
class PasswordFileTest {
    @TempDir Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("users"), text, ISO_8859_1);
    }

    private static CredentialStore open(Path file, PasswordFileStyle style) throws IOException {
        return Credentials.open(file, style, new SecureRandom()).current();
    }

    private static CredentialStore open(Path file) throws IOException {
        return open(file, PasswordFileStyle.AUTH_FILE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "foo:bar | foo | bar",
                "foo:bar\\n | foo | bar",
                "foo:bar\\r\\n | foo | bar",
                "a:b\\n\\nfoo:bar\\n\\n | foo | bar",
                "baaaz:quux:x | baaaz | quux:x",
                "foo:b a r | foo | b a r",
                "123456:1234567 | 123456 | 1234567"
            })
    void authFile_line_isUserAndPassword(String text, String user, String password)
            throws IOException {
        Path file = file(text.replace("\\n", "\n").replace("\\r", "\r"));

        assertThat(open(file).checkPassword(user, password)).isNotNull();
        assertThat(open(file).checkPassword(user, password + "x")).isNull();
    }

    /** memcached knows the first eight alone, and says nothing. */
    @Test
    void authFile_moreThanEightUsers_areAllUsers() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 1000; i++) {
            lines.append("user").append(i).append(":password").append(i).append('\n');
        }
        CredentialStore store = open(file(lines.toString()));

        assertThat(store.size()).isEqualTo(1000);
        assertThat(store.checkPassword("user999", "password999")).isNotNull();
        assertThat(store.checkPassword("user999", "password998")).isNull();
    }

    @Test
    void saslPwdb_password_endsAtTheNextColon() throws IOException {
        Path file = file("testuser@memcached.realm:testpass:more\n");

        CredentialStore store = open(file, PasswordFileStyle.SASL_PWDB);
        assertThat(store.checkPassword("testuser@memcached.realm", "testpass")).isNotNull();
        assertThat(store.checkPassword("testuser@memcached.realm", "testpass:more")).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "foo | 1",
                "a:b\\nfoo | 2",
                "# comment | 1",
                ":bar | 1",
                "foo: | 1",
                "a:b\\nfoo:b\\0ar | 2",
                "a:b\\nf\\0oo:bar | 2",
                "a b:c | 1",
                "foo:b\\tar | 1",
                "a:b\\n\\nfoo:b\u00e4r | 3"
            })
    void cve_2021_37519_brokenLine_isNamed(String text, int line) throws IOException {
        String broken = text.replace("\\n", "\n").replace("\\0", "\0").replace("\\t", "\t");
        Path file = file(broken);

        assertThatThrownBy(() -> open(file))
                .isInstanceOf(CredentialFormatException.class)
                .hasMessageStartingWith(file + ", line " + line + ": ");
    }

    @Test
    void cve_2021_37519_longLines_areReadOrRefusedWhole() throws IOException {
        String password = "p".repeat(PreparedText.MAX_PASSWORD_BYTES);
        assertThat(open(file("foo:" + password)).checkPassword("foo", password)).isNotNull();

        assertThatThrownBy(() -> open(file("foo:p" + password))).hasMessageContaining("line 1");
        assertThatThrownBy(() -> open(file("f".repeat(256) + ":p"))).hasMessageContaining("line 1");
    }

    @Test
    void cve_2021_37519_emptyFile_letsNobodyIn() throws IOException {
        assertThat(open(file("")).size()).isZero();
        assertThat(open(file("\n")).size()).isZero();
    }

    @Test
    void cve_2021_37519_noFile_isRefused() {
        assertThatThrownBy(() -> open(folder.resolve("none"))).hasMessageContaining("no such file");
        assertThatThrownBy(() -> open(folder)).hasMessageContaining("no ordinary file");
    }

    @Test
    void cve_2021_37519_pipe_isRefusedWithoutWaiting() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();

        assertThatThrownBy(() -> open(pipe)).hasMessageContaining("no ordinary file");
    }

    @Test
    void cve_2021_37519_giantFile_isRefusedUnread() throws IOException {
        Path giant = folder.resolve("giant");
        try (RandomAccessFile file = new RandomAccessFile(giant.toFile(), "rw")) {
            file.setLength(1L << 30);
        }

        assertThatThrownBy(() -> open(giant)).hasMessageContaining("larger than");
    }
}
