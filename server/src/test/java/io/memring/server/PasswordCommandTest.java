package io.memring.server;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** {@code memring passwd}. */
class PasswordCommandTest {
    @TempDir Path folder;

    private record Result(int status, String output) {}

    private Result run(String input, String... arguments) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(output, true, UTF_8);
        int status =
                PasswordCommand.run(
                        new ByteArrayInputStream(input.getBytes(UTF_8)), out, out, arguments);
        return new Result(status, output.toString(UTF_8));
    }

    private Path file() {
        return folder.resolve("users");
    }

    private Result passwd(String input, String... more) {
        List<String> arguments = new ArrayList<>(List.of(file().toString()));
        arguments.addAll(List.of(more));
        return run(input, arguments.toArray(String[]::new));
    }

    @Test
    void newUser_isWrittenWithoutThePassword() throws IOException {
        assertThat(passwd("secret\n", "ann", "--stdin")).isEqualTo(new Result(0, ""));

        assertThat(Files.readString(file()))
                .startsWith("memring-credentials 1\nann scram-sha-256=100000,")
                .contains(" scram-sha-512=100000,")
                .doesNotContain("secret", "allow");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }

    @Test
    void permissions_areWrittenAndKept() throws IOException {
        passwd("1", "ann", "--stdin", "--read", "--prefix", "a b", "--prefix=x:");
        passwd("1", "bob", "--stdin", "--prefix=y");
        assertThat(Files.readAllLines(file()).get(1))
                .endsWith(" allow=read prefix=a%20b prefix=x:");
        assertThat(Files.readAllLines(file()).get(2)).endsWith(" allow=read,write prefix=y");

        passwd("2", "ann", "--stdin");
        assertThat(Files.readAllLines(file()).get(1))
                .endsWith(" allow=read prefix=a%20b prefix=x:");

        passwd("", "ann", "--no-password", "--admin", "--write");
        assertThat(Files.readAllLines(file()).get(1)).endsWith(" allow=write,admin");
    }

    @Test
    void mechanisms_areThoseThatAreNamed() throws IOException {
        passwd("1", "ann", "--stdin", "--mechanism", "scram-sha-512");
        Result second = passwd("1", "bob", "--stdin", "--mechanism=CRAM-MD5");

        assertThat(Files.readString(file()))
                .contains("ann scram-sha-512=")
                .contains("bob cram-md5=MQ==");
        assertThat(second.output()).contains("for CRAM-MD5 the password can be read");
    }

    @Test
    void delete_removesTheUser() throws IOException {
        passwd("1", "ann", "--stdin");

        assertThat(passwd("", "ann", "--delete").status()).isZero();
        assertThat(Files.readString(file())).isEqualTo("memring-credentials 1\n");
        assertThat(passwd("", "ann", "--delete"))
                .isEqualTo(new Result(64, "memring passwd: ann: no such user in " + file() + "\n"));
    }

    @Test
    void noPassword_changesNothing() {
        assertThat(passwd("", "ann", "--stdin"))
                .isEqualTo(new Result(64, "memring passwd: no password on standard input\n"));
        assertThat(passwd("\n", "ann", "--stdin").output()).contains("a password has 1 to");
        assertThat(passwd("a\tb\n", "ann", "--stdin").output()).contains("a password has 1 to");
        assertThat(file()).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "", "#a"})
    void impossibleName_isRefused(String name) {
        assertThat(passwd("1", name, "--stdin").status()).isEqualTo(64);
        assertThat(file()).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"LOGIN", "PLAIN", "EXTERNAL", ""})
    void impossibleMechanism_isRefused(String name) {
        assertThat(passwd("1", "ann", "--stdin", "--mechanism=" + name).status()).isEqualTo(64);
    }

    @Test
    void fileOfMemcached_isLeftAlone() throws IOException {
        Files.writeString(file(), "ann:secret\n");

        assertThat(passwd("1", "ann", "--stdin").status()).isEqualTo(66);
        assertThat(file()).hasContent("ann:secret\n");
    }

    @Test
    void wrongArguments_areToldInOneLine() {
        assertThat(run("")).matches(result -> result.status() == 64);
        assertThat(run("").output().lines()).hasSize(1);
        assertThat(run("", "-h").output()).contains("--stdin").contains("Usage: memring passwd");
    }
}
