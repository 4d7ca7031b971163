package io.memring.sasl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.SecureRandom;
import java.time.Instant;

/** A credential file that changes while a server runs. */
class CredentialsTest {
    private final SecureRandom random = new SecureRandom();
    private int changes;

    @TempDir Path folder;

    /** Writes the file in place, a second later each time. */
    private Path write(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("users"), text);
        Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(++changes)));
        return file;
    }

    private static boolean knows(Credentials credentials, String user, String password) {
        return credentials.refreshed().checkPassword(user, password) != null;
    }

    @Test
    void changedFile_isInForceAtTheNextLogin() throws IOException {
        Credentials credentials =
                Credentials.open(write("a:1"), PasswordFileStyle.AUTH_FILE, random);
        assertThat(knows(credentials, "a", "1")).isTrue();

        write("a:2");

        assertThat(knows(credentials, "a", "1")).isFalse();
        assertThat(knows(credentials, "a", "2")).isTrue();
    }

    @Test
    void replacedFile_isInForceAtTheNextLogin() throws IOException {
        Path file = write("a:1");
        Credentials credentials = Credentials.open(file, PasswordFileStyle.AUTH_FILE, random);
        FileTime time = Files.getLastModifiedTime(file);
        Path other = Files.writeString(folder.resolve("other"), "a:2");
        Files.setLastModifiedTime(other, time);

        Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);

        assertThat(knows(credentials, "a", "2")).isTrue();
    }

    @Test
    void brokenFile_leavesTheUsersOfBefore_untilItIsRepaired() throws IOException {
        Credentials credentials =
                Credentials.open(write("a:1"), PasswordFileStyle.AUTH_FILE, random);

        write("nonsense");
        assertThat(knows(credentials, "a", "1")).isTrue();
        credentials.reload();
        assertThat(knows(credentials, "a", "1")).isTrue();

        write("a:3");
        assertThat(knows(credentials, "a", "1")).isFalse();
        assertThat(knows(credentials, "a", "3")).isTrue();
    }

    @Test
    void removedFile_leavesTheUsersOfBefore() throws IOException {
        Path file = write("a:1");
        Credentials credentials = Credentials.open(file, PasswordFileStyle.AUTH_FILE, random);

        Files.delete(file);

        assertThat(knows(credentials, "a", "1")).isTrue();
    }

    @Test
    void absentFile_letsNobodyIn_untilItIsThere() throws IOException {
        Path file = folder.resolve("users");
        Credentials credentials =
                Credentials.openWhenThere(file, PasswordFileStyle.SASL_PWDB, random);
        assertThat(knows(credentials, "a", "1")).isFalse();

        write("a:1");

        assertThat(knows(credentials, "a", "1")).isTrue();
    }

    @Test
    void fileOfTheOtherFormat_isTakenAsWell() throws IOException {
        Credentials credentials =
                Credentials.open(write("a:1"), PasswordFileStyle.AUTH_FILE, random);

        write("memring-credentials 1\n");

        assertThat(knows(credentials, "a", "1")).isFalse();
    }
}
