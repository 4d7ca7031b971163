package io.memring.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLContext;

/** The node as a process of its own: signals, files and exit statuses. */
class ProcessTest {

    private static final int LIMIT_SECONDS = 30;

    /** Enough for a JVM with our class path, and for a few connections. */
    private static final int DESCRIPTORS = 128;

    /** Java leaves a signal alone that its parent ignored, as shells do in the background. */
    private static final List<String> WITH_SIGINT = List.of("env", "--default-signal=INT");

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    void signal_termOrInt_endsTheNodeQuietly(String signal) throws Exception {
        try (Node node = start()) {
            node.signal(signal);

            assertThat(node.exitStatus()).isZero();
            assertThat(node.output()).isEmpty();
            assertThat(node.pidFile).doesNotExist();
        }
    }

    @Test
    void signal_usr1_saysThatItStopsGracefully() throws Exception {
        try (Node node = start()) {
            node.signal("USR1");

            assertThat(node.exitStatus()).isZero();
            assertThat(node.output()).isEqualTo("Gracefully stopping\n");
        }
    }

    @Test
    void signal_hup_changesNothing() throws Exception {
        try (Node node = start();
                TestClient client = TestClient.connect(node.address())) {
            node.signal("HUP");

            assertThat(client.ask("mn")).isEqualTo("MN");
            node.signal("TERM");
            assertThat(node.exitStatus()).isZero();
        }
    }

    @Test
    void shutdownGracefulCommand_endsTheProcess() throws Exception {
        try (Node node = start("-A");
                TestClient client = TestClient.connect(node.address())) {
            client.send("shutdown graceful\r\n");

            assertThat(node.exitStatus()).isZero();
            assertThat(node.output()).isEqualTo("Gracefully stopping\n");
        }
    }

    @Test
    void files_whileTheNodeRuns_sayWhereItIs() throws Exception {
        try (Node node = start();
                TestClient client = TestClient.connect(node.address())) {
            String pid = Files.readString(node.pidFile).strip();

            assertThat(pid).isEqualTo(Long.toString(node.process.pid()));
            assertThat(client.stats("stats")).containsEntry("pid", pid);
            assertThat(Files.readString(node.portFile)).matches("TCP INET: \\d+\n");
        }
    }

    @Test
    void verbose_start_saysWhatItListensOn() throws Exception {
        try (Node node = start("-v")) {
            node.signal("TERM");

            assertThat(node.exitStatus()).isZero();
            assertThat(node.output())
                    .matches("memring: listening on .*127.0.0.1:\\d+.* with \\w+\n");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-c 0|64|memring: -c 0: must be at least 1",
                "-l host.invalid|64|memring: -l host.invalid: no such host",
                "-s /nosuch/socket|71|memring: cannot listen on /nosuch/socket: ",
                "-P /nosuch/pid|71|memring: cannot write /nosuch/pid: ",
            })
    void start_impossible_isToldInOneLine(String options, int status, String line)
            throws Exception {
        try (Node node = launch(List.of(), options.split(" ", -1))) {
            assertThat(node.exitStatus()).isEqualTo(status);
            assertThat(node.output()).startsWith(line).hasLineCount(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "io_uring", "nio"})
    void descriptors_exhausted_othersAreServedAndWaitingOnesComeLater(String transport)
            throws Exception {
        List<TestClient> clients = new ArrayList<>();
        try (Node node = startWithDescriptors(DESCRIPTORS, "--transport", transport);
                TestClient first = TestClient.connect(node.address())) {
            // Also loads the classes, which takes descriptors while they come from a folder.
            assertThat(first.stats("stats")).containsEntry("listen_disabled_num", "0");
            for (int i = 0; i < DESCRIPTORS; i++) {
                clients.add(TestClient.connect(node.address()));
            }
            assertThat(
                            ProcessState.eventually(
                                    () ->
                                            !"0"
                                                    .equals(
                                                            first.stats("stats")
                                                                    .get("listen_disabled_num"))))
                    .isTrue();

            TestClient last = clients.removeLast();
            last.send("mn\r\n");
            clients.forEach(TestClient::close);
            assertThat(last.readLine()).isEqualTo("MN");
            last.close();
        }
    }

    /** Those who never shake hands take the descriptors; those who have are served on. */
    @Test
    void descriptors_exhaustedOverTls_othersAreServedAndNewOnesComeLater() throws Exception {
        Path chain = folder.resolve("chain.pem");
        Path key = folder.resolve("key.pem");
        TlsNode.SERVER.write(chain, key);
        String files = "ssl_chain_cert=%s,ssl_key=%s".formatted(chain, key);
        List<TestClient> crowd = new ArrayList<>();
        SSLContext context = TlsNode.clientContext(null);
        try (Node node = startWithDescriptors(DESCRIPTORS, "-Z", "-o", files);
                TestClient first = TestClient.over(TlsNode.connect(node.address(), context))) {
            // Also loads the classes.
            assertThat(isServedWhileAcceptingStops(first)).isFalse();
            for (int i = 0; i < DESCRIPTORS; i++) {
                crowd.add(TestClient.connect(node.address()));
            }
            assertThat(ProcessState.eventually(() -> isServedWhileAcceptingStops(first))).isTrue();
            crowd.forEach(TestClient::close);
            try (TestClient last = TestClient.over(TlsNode.connect(node.address(), context))) {
                assertThat(last.ask("mn")).isEqualTo("MN");
            }
            assertThat(first.ask("mn")).isEqualTo("MN");
        }
    }

    private static boolean isServedWhileAcceptingStops(TestClient client) {
        assertThat(client.ask("set k 0 0 1\r\nv")).isEqualTo("STORED");
        return !"0".equals(client.stats("stats").get("listen_disabled_num"));
    }

    private Node start(String... options) {
        return awaitStart(launch(List.of(), options));
    }

    private Node startWithDescriptors(int limit, String... options) {
        return awaitStart(
                launch(
                        List.of("sh", "-c", "ulimit -n " + limit + " && exec \"$@\"", "sh"),
                        options));
    }

    private static Node awaitStart(Node node) {
        assertThat(ProcessState.eventually(() -> Files.exists(node.pidFile)))
                .as("node has started")
                .isTrue();
        return node;
    }

    private Node launch(List<String> prefix, String... options) {
        Path pidFile = folder.resolve("pid");
        Path portFile = folder.resolve("ports");
        List<String> command = new ArrayList<>(WITH_SIGINT);
        command.addAll(prefix);
        command.addAll(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "-l",
                        "127.0.0.1",
                        "-p",
                        "-1",
                        "-P",
                        pidFile.toString()));
        command.addAll(Arrays.asList(options));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("MEMCACHED_PORT_FILENAME", portFile.toString());
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.redirectOutput(folder.resolve("output").toFile());
        try {
            return new Node(builder.start(), pidFile, portFile, folder.resolve("output"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A child process; killed at the end when it has not gone by itself. */
    private record Node(Process process, Path pidFile, Path portFile, Path outputFile)
            implements AutoCloseable {

        void signal(String name) throws IOException, InterruptedException {
            Process kill =
                    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
            assertThat(kill.waitFor()).isZero();
        }

        int exitStatus() throws InterruptedException {
            assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).as("ended").isTrue();
            return process.exitValue();
        }

        String output() throws IOException {
            return Files.readString(outputFile);
        }

        InetSocketAddress address() throws IOException {
            String port = Files.readString(portFile).replaceAll("\\D", "");
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port));
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
