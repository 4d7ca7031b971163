package io.memring.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What the launcher answers by itself, without a JVM and before anything is built. */
class LauncherTest {

    private record Result(int status, String output) {}

    @ParameterizedTest
    @ValueSource(strings = {"-h", "--help", "-vh", "-p 1 -h", "-p1 --help", "server -h"})
    void help_anywhere_isPrinted(String arguments) throws Exception {
        Result result = run(arguments);

        assertThat(result.status()).isZero();
        assertThat(result.output()).startsWith("memring ").contains("unix-socket");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-V", "--version"})
    void version_isOneLine(String arguments) throws Exception {
        Result result = run(arguments);

        assertThat(result.status()).isZero();
        assertThat(result.output()).matches("memring .* \\(speaks as memcached 1\\.6\\.45\\)\n");
    }

    @Test
    void unknownCommand_isRefused() throws Exception {
        assertThat(run("serve"))
                .isEqualTo(
                        new Result(
                                64,
                                "memring: serve: unknown command"
                                        + " (there are: server, ring, load, passwd, build)\n"));
    }

    private static Result run(String arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("../memring"));
        command.addAll(List.of(arguments.split(" ", -1)));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output);
    }
}
