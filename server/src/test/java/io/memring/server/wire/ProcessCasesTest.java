package io.memring.server.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Cases of the whole process: signals, descriptors, and places to write that are full. */
final class ProcessCasesTest {
    /** Java leaves a signal alone that its parent ignored, as shells do in the background. */
    private static final String AS_IT_IS = "exec env --default-signal=INT \"$@\"";

    @TempDir Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    void p6_signal_endsWithCodeZero(String signal) throws IOException {
        try (ChildNode node = ChildNode.start(directory, AS_IT_IS);
                WireClient client = node.connect()) {
            assertThat(client.ask("set k 0 0 1\r\nv")).isEqualTo("STORED");
            node.signal(signal);
            assertThat(node.exitCode()).isZero();
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @Test
    void p7_signalUsr1_stopsGracefully() throws IOException {
        try (ChildNode node = ChildNode.start(directory, AS_IT_IS);
                WireClient client = node.connect()) {
            assertThat(client.ask("mn")).isEqualTo("MN");
            node.signal("USR1");
            assertThat(node.exitCode()).isZero();
            assertThat(client.isAtEnd()).isTrue();
            assertThat(node.errors()).contains("Gracefully stopping");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"shutdown", "shutdown graceful"})
    void p7_shutdownCommand_endsTheProcess(String command) throws IOException {
        try (ChildNode node = ChildNode.start(directory, AS_IT_IS, "-A");
                WireClient client = node.connect()) {
            client.send(command + "\r\n");
            assertThat(client.isAtEnd()).isTrue();
            assertThat(node.exitCode()).isZero();
        }
    }

    @Test
    void p6_signalHup_changesNothing() throws IOException {
        try (ChildNode node = ChildNode.start(directory, AS_IT_IS);
                WireClient client = node.connect()) {
            node.signal("HUP");
            assertThat(client.ask("set k 0 0 1\r\nv")).isEqualTo("STORED");
            assertThat(client.ask("mg k s")).isEqualTo("HD s1");
        }
    }

    @Test
    void p8_killed_startsAgainEmptyOnTheSamePort() throws IOException {
        int port;
        try (ChildNode node = ChildNode.start(directory, AS_IT_IS);
                WireClient client = node.connect()) {
            port = node.port();
            assertThat(client.ask("set k 0 0 1\r\nv")).isEqualTo("STORED");
            node.signal("KILL");
            assertThat(node.exitCode()).isNotZero();
        }
        String samePort = String.valueOf(port);
        try (ChildNode node = ChildNode.start(directory, AS_IT_IS, "-p", samePort);
                WireClient client = node.connect()) {
            assertThat(node.port()).isEqualTo(port);
            assertThat(client.ask("mg k v")).isEqualTo("EN");
        }
    }

    /** The clients that find no descriptor wait in the backlog; the others go on. */
    @ParameterizedTest
    @ValueSource(strings = {"auto", "io_uring", "nio"})
    void o7_outOfDescriptors_servesThoseConnectedAndRecovers(String transport) throws IOException {
        String environment = "ulimit -n 150 && " + AS_IT_IS;
        try (ChildNode node =
                        ChildNode.start(
                                directory, environment, "--transport", transport, "-c", "1000");
                WireClient healthy = node.connect()) {
            assertThat(healthy.ask("mn")).isEqualTo("MN");
            List<WireClient> crowd = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                crowd.add(node.connect());
            }
            assertThat(healthy.ask("mn")).isEqualTo("MN");
            for (WireClient client : crowd) {
                client.close();
            }
            try (WireClient late = node.connect()) {
                assertThat(late.ask("mn")).isEqualTo("MN");
            }
        }
    }

    @Test
    void s13_stoppedAndContinued_goesOnWhereItWas() throws IOException {
        try (ChildNode node = ChildNode.start(directory, AS_IT_IS);
                WireClient client = node.connect()) {
            assertThat(client.ask("set k 0 0 1\r\nv")).isEqualTo("STORED");
            node.signal("STOP");
            client.send("mg k s\r\n");
            node.signal("CONT");
            assertThat(client.readLine()).isEqualTo("HD s1\r\n");
        }
    }

    @Test
    void s16_nowhereToLog_servesAllTheSame() throws IOException {
        String fullDisk = "exec >/dev/full 2>/dev/full; " + AS_IT_IS;
        try (ChildNode node = ChildNode.start(directory, fullDisk, "-vv");
                WireClient client = node.connect()) {
            assertThat(client.ask("verbosity 2")).isEqualTo("OK");
            assertThat(client.ask("set k 0 0 1\r\nv")).isEqualTo("STORED");
            assertThat(client.ask("bogus")).isEqualTo("ERROR");
            assertThat(client.ask("mg k s")).isEqualTo("HD s1");
        }
    }

    @Test
    void s16_closedOutput_servesAllTheSame() throws IOException {
        try (ChildNode node = ChildNode.start(directory, "exec >&- 2>&-; " + AS_IT_IS, "-vv");
                WireClient client = node.connect()) {
            assertThat(client.ask("set k 0 0 1\r\nv")).isEqualTo("STORED");
            assertThat(client.ask("mg k s")).isEqualTo("HD s1");
        }
    }
}
