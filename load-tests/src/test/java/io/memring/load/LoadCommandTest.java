package io.memring.load;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.memring.load.peer.NettyNullServer;
import io.memring.load.peer.NullServer;
import io.memring.server.MemringServer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

@Timeout(120)
final class LoadCommandTest {
    @TempDir Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... arguments) {
        return LoadCommand.run(
                new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), arguments);
    }

    private static MemringServer node() {
        return MemringServer.builder().listen("127.0.0.1").port(0).memoryLimitMegabytes(16).start();
    }

    private static String address(MemringServer server) {
        return "127.0.0.1:" + server.port();
    }

    @Test
    void smallLoad_succeeds() {
        try (MemringServer server = node()) {
            assertThat(
                            run(
                                    address(server),
                                    "-n",
                                    "500",
                                    "-w",
                                    "0",
                                    "-k",
                                    "100",
                                    "--seed",
                                    "7",
                                    "--progress=none"))
                    .isZero();
        }
        assertThat(err.toString(UTF_8)).isEmpty();
        assertThat(out.toString(UTF_8)).contains("seed 7");
    }

    @Test
    void serverThatOnlyAnswers_hasAHitForEachGet() throws Exception {
        try (NullServer server = new NullServer(0, 10_000)) {
            Thread.ofPlatform().start(() -> serve(server));
            loadServerThatOnlyAnswers(server.port());
        }
    }

    @Test
    void serverThatOnlyAnswersByNetty_hasAHitForEachGet() {
        try (NettyNullServer server = new NettyNullServer(2, 10_000)) {
            loadServerThatOnlyAnswers(server.port());
        }
    }

    private void loadServerThatOnlyAnswers(int port) {
        String[] options = "-P meta -m get=1 -c 2 -p 200 -n 2000 -w 0 --no-fill".split(" ", -1);
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.addAll(List.of("--no-verify", "127.0.0.1:" + port));

        assertThat(run(arguments.toArray(String[]::new))).as(err.toString(UTF_8)).isZero();
        assertThat(out.toString(UTF_8)).containsPattern("get +2,000 .* 100.0% +0 ");
    }

    private static void serve(NullServer server) {
        try {
            server.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @FieldSource("io.memring.load.scenario.Scenario#NAMES")
    void readyScenario_scaledDown_succeeds(String name) {
        try (MemringServer server = node()) {
            assertThat(
                            run(
                                    address(server),
                                    "--scenario",
                                    name,
                                    "-n",
                                    "200",
                                    "-w",
                                    "0",
                                    "-k",
                                    "50",
                                    "-c",
                                    "5"))
                    .as(err.toString(UTF_8))
                    .isZero();
        }
        assertThat(out.toString(UTF_8)).contains(name, "5 connections", "keys=50");
    }

    @Test
    void ownScenario_isReadFromItsFile() throws IOException {
        Path file = folder.resolve("mine.yaml");
        Files.writeString(
                file,
                """
                keys: 33
                connections: 3
                requests: 100
                warm-up: 0
                mix: {set: 1}
                fill: false
                """);
        try (MemringServer server = node()) {
            assertThat(run(address(server), "--scenario=" + file, "-c", "2")).isZero();
        }
        assertThat(out.toString(UTF_8)).contains("2 connections", "keys=33", "mix=set=1");
    }

    @Test
    void scenario_unknownOption_isRefused() throws IOException {
        Path file = folder.resolve("wrong.yaml");
        Files.writeString(file, "kees: 33\n");
        assertThat(run("--scenario", file.toString())).isEqualTo(64);
        assertThat(err.toString(UTF_8)).contains("has an unknown option: kees");
        Files.writeString(file, "- a\n- b\n");
        assertThat(run("--scenario", file.toString())).isEqualTo(64);
        Files.writeString(file, "keys: [\n");
        assertThat(run("--scenario", file.toString())).isEqualTo(64);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--scenario nope | no such scenario: nope",
                "--mix get=x | a weight is a number",
                "--popularity often | a popularity is",
                "--value-size big | a value size is",
                "--ttl soon | a TTL is",
                "--keys many | is no number",
                "--duration long | is no time",
                "--protocol http | no such protocol: http; there are text, meta, binary",
                "--ring none | no such ring",
                "--connections 0 | connections are at least 1",
                "--threads 60 | threads are 1 to the number of connections",
                "--pipeline 0 | a pipeline is",
                "--ramp fast | a ramp is written",
                "--user shop | --user needs a password",
                "--trace /nonexistent | cannot read the trace",
                "--arrivals late | arrivals are even or poisson",
                "--nonsense | Unknown option"
            })
    void wrongOption_isRefusedInOneLine(String arguments, String message) {
        assertThat(run(arguments.split(" ", -1))).isEqualTo(64);
        assertThat(err.toString(UTF_8))
                .startsWith("memring load: ")
                .contains(message)
                .hasLineCount(1);
    }

    @Test
    void nobodyListens_isSaidInOneLine() {
        assertThat(run("127.0.0.1:1")).isEqualTo(69);
        assertThat(err.toString(UTF_8))
                .isEqualTo("memring load: cannot connect to 127.0.0.1:1: Connection refused\n");
    }

    @Test
    void failedRequests_showInTheStatus() {
        try (MemringServer server = node()) {
            assertThat(
                            run(
                                    address(server),
                                    "-s",
                                    "2m",
                                    "-k",
                                    "3",
                                    "-n",
                                    "10",
                                    "-w",
                                    "0",
                                    "-m",
                                    "set=1",
                                    "--no-fill"))
                    .isEqualTo(1);
        }
        assertThat(out.toString(UTF_8)).contains("SERVER_ERROR object too large for cache");
    }
}
