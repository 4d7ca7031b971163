package io.memring.sasl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Memring's own credential file. */
class CredentialFileTest {
    private static final String VERIFIER =
            "scram-sha-256=4096,W22ZaJ0SNY7soEsUEjb6gQ==,"
                    + "WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=,"
                    + "wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=";

    private final SecureRandom random = new SecureRandom();

    @TempDir Path folder;

    private Path file(String... lines) throws IOException {
        return Files.write(folder.resolve("users"), List.of(lines));
    }

    private CredentialStore open(Path file) throws IOException {
        return Credentials.open(file, PasswordFileStyle.AUTH_FILE, random).current();
    }

    @Test
    void read_aUserOfRfc7677_canLogIn() throws IOException {
        Path file = file("memring-credentials 1", "# users", "", "user " + VERIFIER);

        assertThat(open(file).checkPassword("user", "pencil"))
                .isEqualTo(new Account("user", Permissions.ALL));
        assertThat(open(file).checkPassword("user", "pencils")).isNull();
    }

    @Test
    void read_permissions_areTheUsers() throws IOException {
        Path file =
                file(
                        "memring-credentials 1",
                        "a " + VERIFIER + " allow=read,write prefix=shop: prefix=%20%25",
                        "b allow=admin");

        assertThat(Objects.requireNonNull(open(file).account("a")).permissions())
                .isEqualTo(
                        new Permissions(
                                EnumSet.of(CommandClass.READ, CommandClass.WRITE),
                                List.of("shop:", " %")));
        assertThat(Objects.requireNonNull(open(file).account("b")).permissions())
                .isEqualTo(new Permissions(EnumSet.of(CommandClass.ADMIN), List.of()));
    }

    @Test
    void write_thenRead_isTheSame() throws IOException {
        Path file = folder.resolve("new");
        CredentialFile written = new CredentialFile();
        Permissions some =
                new Permissions(EnumSet.of(CommandClass.READ), List.of("\u00e4 %", "b\u0001"));
        written.set("ann", "secret", EnumSet.allOf(Mechanism.class), some, random);
        written.set("bob", "b", EnumSet.of(Mechanism.SCRAM_SHA_512), Permissions.ALL, random);
        written.setPermissions("carol", Permissions.ALL);
        written.write(file);

        CredentialFile read = CredentialFile.read(file);
        assertThat(read.users()).isEqualTo(Set.of("ann", "bob", "carol"));
        assertThat(read.permissions("ann")).isEqualTo(some);
        assertThat(read.permissions("nobody")).isNull();
        CredentialStore store = open(file);
        assertThat(store.checkPassword("ann", "secret")).isNotNull();
        assertThat(store.checkPassword("bob", "b")).isNotNull();
        assertThat(store.checkPassword("carol", "b")).isNull();
        assertThat(Files.readString(file)).doesNotContain("secret").startsWith("memring-");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void change_keepsCommentsAndOtherUsers() throws IOException {
        Path file = file("memring-credentials 1", "# keep this", "user " + VERIFIER, "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        CredentialFile changed = CredentialFile.read(file);
        assertThat(changed.remove("old")).isTrue();
        assertThat(changed.remove("old")).isFalse();
        changed.setPermissions("user", new Permissions(EnumSet.of(CommandClass.READ), List.of()));
        changed.write(file);

        assertThat(Files.readAllLines(file))
                .containsExactly(
                        "memring-credentials 1", "# keep this", "user " + VERIFIER + " allow=read");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void write_throughALink_changesTheFileBehindIt() throws IOException {
        Path file = file("memring-credentials 1");
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);

        CredentialFile changed = CredentialFile.read(link);
        changed.setPermissions("a", Permissions.ALL);
        changed.write(link);

        assertThat(link).isSymbolicLink();
        assertThat(Files.readString(file)).isEqualTo("memring-credentials 1\na\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "memring-credentials 2 | 1 | later version",
                "memring-credentials 1x | 1 | later version",
                "memring-credentials 1\\na\\na | 3 | user a is there already",
                "memring-credentials 1\\n\\na b | 3 | \"b\" is no field",
                "memring-credentials 1\\n a | 2 | a user's name",
                "memring-credentials 1\\na  b=c | 2 | \"\" is no field",
                "memring-credentials 1\\na b=c | 2 | \"b\" is no field",
                "memring-credentials 1\\na allow= | 2 | none of read, write and admin",
                "memring-credentials 1\\na allow=read,all | 2 | \"all\" is none of",
                "memring-credentials 1\\na prefix= | 2 | a prefix has",
                "memring-credentials 1\\na prefix=%4 | 2 | a prefix has",
                "memring-credentials 1\\na prefix=%zz | 2 | a prefix has",
                "memring-credentials 1\\na cram-md5=! | 2 | cram-md5 is not in base64",
                "memring-credentials 1\\na cram-md5=AA== | 2 | a password has",
                "memring-credentials 1\\na scram-sha-1=1,2,3,4 | 2 | no field",
                "memring-credentials 1\\na scram-sha-256=1 | 2 | iterations,salt,storedkey",
                "memring-credentials 1\\na scram-sha-256=4096,!,AA==,AA== | 2 | base64",
                "memring-credentials 1\\na scram-sha-256=4096,,AA==,AA== | 2 | salt must have",
                "memring-credentials 1\\na scram-sha-256=4096,AA==,AA==,AA== | 2 | 32 bytes each",
                "memring-credentials 1\\nV | 2 | iterations must be between 4096 and 10000000"
            })
    void read_brokenLine_isNamed(String text, int line, String rule) throws IOException {
        String broken = "a " + VERIFIER.replace("=4096", "=4095");
        Path file = file(text.replace("\\n", "\n").replace("\nV", "\n" + broken));

        assertThatThrownBy(() -> open(file))
                .isInstanceOfSatisfying(
                        CredentialFormatException.class, e -> assertThat(e.line()).isEqualTo(line))
                .hasMessageStartingWith(file + ", line " + line + ": ")
                .hasMessageContaining(rule);
    }

    @Test
    void read_verifierTwice_isRefused() throws IOException {
        Path file = file("memring-credentials 1", "a " + VERIFIER + " " + VERIFIER);

        assertThatThrownBy(() -> open(file)).hasMessageContaining("line 2: scram-sha-256 is there");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\tb", "#a", "a\nb", "\u202ea"})
    void set_impossibleName_isRefused(String name) {
        CredentialFile file = new CredentialFile();

        assertThatThrownBy(() -> file.setPermissions(name, Permissions.ALL))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\tb", "a\nb", "a\0b"})
    void set_impossiblePassword_isRefused(String password) {
        CredentialFile file = new CredentialFile();

        assertThatThrownBy(
                        () ->
                                file.set(
                                        "a",
                                        password,
                                        Set.of(Mechanism.PLAIN),
                                        Permissions.ALL,
                                        random))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void read_passwordFileOfMemcached_isRefusedForChanging() throws IOException {
        assertThatThrownBy(() -> CredentialFile.read(file("user:password")))
                .hasMessageContaining("line 1: must be \"memring-credentials 1\"");
    }
}
