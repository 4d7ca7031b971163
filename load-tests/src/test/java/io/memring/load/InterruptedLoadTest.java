package io.memring.load;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.memring.server.MemringServer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;

/** A load in a process of its own, of which somebody has seen enough. */
@Timeout(120)
final class InterruptedLoadTest {

    @TempDir Path folder;

    @Test
    void interrupt_endsTheRunWithItsReport() throws Exception {
        Path out = folder.resolve("out");
        Path json = folder.resolve("result.json");
        try (MemringServer server =
                MemringServer.builder()
                        .listen("127.0.0.1")
                        .port(0)
                        .memoryLimitMegabytes(16)
                        .start()) {
            Process load =
                    new ProcessBuilder(
                                    // A build in the background ignores the signal, and so would
                                    // all that it starts.
                                    "env",
                                    "--default-signal=INT",
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "-XX:+UseSerialGC",
                                    "-XX:TieredStopAtLevel=1",
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    LoadCommand.class.getName(),
                                    "127.0.0.1:" + server.port(),
                                    "-c2",
                                    "-w0",
                                    "--no-fill",
                                    "-d10m",
                                    "--json=" + json,
                                    "--progress=lines")
                            .redirectOutput(out.toFile())
                            .start();
            try (BufferedReader progress = load.errorReader(UTF_8)) {
                assertThat(progress.readLine()).contains("measure");
                interrupt(load);
                assertThat(progress.lines().filter(line -> !line.contains("measure"))).isEmpty();
            } finally {
                load.destroyForcibly();
            }
            assertThat(load.waitFor()).isEqualTo(130);
        }
        assertThat(Files.readString(out)).contains("interrupted", "requests");
        assertThat(Files.readString(json)).contains("\"interrupted\" : true");
    }

    private static void interrupt(Process process) throws Exception {
        Process kill = new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }
}
