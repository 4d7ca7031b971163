package io.memring.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.epoll.Epoll;
import io.netty.util.internal.PlatformDependent;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** Starting, listening and stopping, on every transport. */
class MemringServerTest {

    private static final int MEBI = 1 << 20;
    private static final byte[] LOOPBACK_4 = {127, 0, 0, 1};
    private static final byte[] LOOPBACK_6 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

    @TempDir private Path folder;

    @ParameterizedTest
    @EnumSource(Transport.class)
    void start_portZero_listensOnAFreePort(Transport transport) {
        try (MemringServer server = node(transport).start();
                TestClient client = TestClient.connect(server)) {
            assertThat(server.port()).isPositive();
            assertThat(server.address().getPort()).isEqualTo(server.port());
            assertThat(client.ask("version")).isEqualTo("VERSION 1.6.45");
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void start_everyInterface_takesConnectionsOfBothFamilies(Transport transport)
            throws IOException {
        requireAvailable(transport);
        try (MemringServer server =
                MemringServer.builder().port(0).transport(transport).workers(1).start()) {
            assertThat(server.addresses()).hasSize(1);
            assertThat(server.address().getAddress().isLoopbackAddress()).isTrue();
            for (byte[] loopback : List.of(LOOPBACK_4, LOOPBACK_6)) {
                InetAddress address = InetAddress.getByAddress(loopback);
                try (TestClient client =
                        TestClient.connect(new InetSocketAddress(address, server.port()))) {
                    assertThat(client.ask("mn")).isEqualTo("MN");
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void start_severalListeners_servesEach(Transport transport) {
        try (MemringServer server = node(transport).listen("127.0.0.2:0,127.0.0.1:0").start()) {
            assertThat(server.addresses()).hasSize(3);
            for (InetSocketAddress address : server.addresses()) {
                try (TestClient client = TestClient.connect(address)) {
                    assertThat(client.ask("mn")).isEqualTo("MN");
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void start_unixSocket_hasTheWantedModeAndGoesWithTheNode(Transport transport)
            throws IOException {
        Path socket = folder.resolve("socket");
        try (MemringServer server = node(transport).unixSocket(socket).unixMask(0750).start();
                TestClient client = TestClient.connect(socket)) {
            assertThat(client.ask("mn")).isEqualTo("MN");
            assertThat(server.port()).isZero();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
                    .isEqualTo("rwxr-x---");
        }
        assertThat(socket).doesNotExist();
    }

    @Test
    void start_unixSocketOfAKilledNode_isReplaced() {
        Path socket = folder.resolve("socket");
        MemringServer killed = node(Transport.NIO).unixSocket(socket).start();
        try (MemringServer server = node(Transport.NIO).unixSocket(socket).start();
                TestClient client = TestClient.connect(socket)) {
            assertThat(client.ask("mn")).isEqualTo("MN");
            assertThat(server.addresses()).isEmpty();
        } finally {
            killed.close();
        }
    }

    @Test
    void start_fileInPlaceOfTheUnixSocket_isKeptAndRefused() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> node(Transport.AUTO).unixSocket(file).start())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("cannot listen on " + file + ": the file exists and is no socket");
        assertThat(file).exists();
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void start_portInUse_saysSoAndLeavesNothing(Transport transport) {
        try (MemringServer first = node(transport).start()) {
            long descriptors = ProcessState.openDescriptors();

            assertThatThrownBy(() -> node(transport).port(first.port()).start())
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageStartingWith("cannot listen on 127.0.0.1:" + first.port() + ": ")
                    .hasMessageContaining("in use");
            assertThat(ProcessState.openDescriptors()).isEqualTo(descriptors);
        }
        assertThat(ProcessState.nodeThreads()).isEmpty();
    }

    @Test
    void start_unknownHost_isRefused() {
        assertThatThrownBy(() -> MemringServer.builder().listen("host.invalid").start())
                .isInstanceOf(InvalidOptionException.class)
                .hasMessage("-l host.invalid: no such host");
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void close_afterTraffic_leavesNoThreadDescriptorOrMapping(Transport transport) {
        startServeAndClose(transport); // loads what stays for the life of the JVM
        long descriptors = ProcessState.openDescriptors();
        long mapped = ProcessState.mappedBytes();

        startServeAndClose(transport);

        assertThat(ProcessState.nodeThreads()).isEmpty();
        assertThat(ProcessState.openDescriptors()).isEqualTo(descriptors);
        assertThat(ProcessState.mappedBytes()).isLessThan(mapped + 256L * MEBI);
    }

    private static void startServeAndClose(Transport transport) {
        List<TestClient> clients = new ArrayList<>();
        try (MemringServer server = node(transport).memoryLimitMegabytes(1024).start()) {
            for (int i = 0; i < 8; i++) {
                TestClient client = TestClient.connect(server);
                clients.add(client);
                assertThat(client.ask("set key 0 0 1\r\nx")).isEqualTo("STORED");
            }
        }
        clients.forEach(client -> assertThat(client.isAtEnd()).isTrue());
        clients.forEach(TestClient::close);
    }

    @Test
    void close_manyNodes_giveTheirBuffersBack() {
        for (int i = 0; i < 10; i++) {
            startServeAndClose(Transport.AUTO);
        }
        // Pools are freed when the collector finds that nobody knows them any more.
        assertThat(
                        ProcessState.eventually(
                                () -> {
                                    System.gc();
                                    return PlatformDependent.usedDirectMemory() < 16L * MEBI;
                                }))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void close_requestsReceived_areAnsweredFirst(Transport transport) {
        try (MemringServer server = node(transport).start();
                TestClient client = TestClient.connect(server)) {
            assertThat(client.ask("mn")).isEqualTo("MN");
            client.send("set key 0 0 2\r\nab\r\nget key\r\nmn\r\n");
            assertThat(client.readLine()).isEqualTo("STORED");

            server.stop(false);

            assertThat(client.readLine()).isEqualTo("VALUE key 0 2");
            assertThat(client.readLine()).isEqualTo("ab");
            assertThat(client.readLine()).isEqualTo("END");
            assertThat(client.readLine()).isEqualTo("MN");
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @Test
    void close_twiceAndFromSeveralThreads_isOnce() throws InterruptedException {
        MemringServer server = node(Transport.AUTO).start();
        Thread other = Thread.ofPlatform().start(server::close);
        server.close();
        other.join();
        server.close();

        assertThat(ProcessState.nodeThreads()).isEmpty();
    }

    @Test
    void shutdownCommand_enabled_stopsTheNode() {
        try (MemringServer server = node(Transport.AUTO).shutdownCommand(true).start();
                TestClient client = TestClient.connect(server)) {
            client.send("shutdown\r\n");

            assertThat(client.isAtEnd()).isTrue();
            server.awaitClosed();
        }
        // The thread that closes the node ends a moment after the node is closed.
        assertThat(ProcessState.eventually(() -> ProcessState.nodeThreads().isEmpty())).isTrue();
    }

    @Test
    void shutdownCommand_notEnabled_isRefused() {
        try (MemringServer server = node(Transport.AUTO).start();
                TestClient client = TestClient.connect(server)) {
            assertThat(client.ask("shutdown")).isEqualTo("SERVER_ERROR: shutdown not enabled");
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void connect_overTheLimit_isToldAndClosed(Transport transport) {
        try (MemringServer server = node(transport).maxConnections(2).start();
                TestClient first = TestClient.connect(server);
                TestClient second = TestClient.connect(server)) {
            assertThat(first.ask("mn")).isEqualTo("MN");
            assertThat(second.ask("mn")).isEqualTo("MN");
            try (TestClient third = TestClient.connect(server)) {
                assertThat(third.readLine()).isEqualTo("ERROR Too many open connections");
                assertThat(third.isAtEnd()).isTrue();
            }
            assertThat(first.stats("stats"))
                    .containsEntry("rejected_connections", "1")
                    .containsEntry("curr_connections", "2")
                    .containsEntry("total_connections", "2")
                    .containsEntry("accepting_conns", "1");
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void connect_placeGivenBack_isTaken(Transport transport) {
        try (MemringServer server = node(transport).maxConnections(1).start()) {
            for (int i = 0; i < 3; i++) {
                assertThat(
                                ProcessState.eventually(
                                        () -> {
                                            try (TestClient client = TestClient.connect(server)) {
                                                return client.ask("mn").equals("MN");
                                            }
                                        }))
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void connect_overTheLimitWithoutRejection_waitsForAPlace(Transport transport) {
        try (MemringServer server =
                        node(transport).maxConnections(1).rejectOverLimit(false).start();
                TestClient first = TestClient.connect(server)) {
            assertThat(first.ask("mn")).isEqualTo("MN");
            assertThat(
                            ProcessState.eventually(
                                    () -> "0".equals(first.stats("stats").get("accepting_conns"))))
                    .isTrue();
            assertThat(first.stats("stats"))
                    .containsEntry("listen_disabled_num", "1")
                    .doesNotContainKey("rejected_connections");
            try (TestClient second = TestClient.connect(server)) {
                second.send("mn\r\n");
                first.send("quit\r\n");
                assertThat(second.readLine()).isEqualTo("MN");
            }
        }
    }

    @Test
    void start_withoutTcp_listensNowhere() {
        try (MemringServer server = node(Transport.AUTO).withoutTcp().start()) {
            assertThat(server.port()).isZero();
            assertThat(server.addresses()).isEmpty();
        }
    }

    private static ServerBuilder node(Transport transport) {
        requireAvailable(transport);
        return MemringServer.builder().listen("127.0.0.1").port(0).workers(2).transport(transport);
    }

    private static void requireAvailable(Transport transport) {
        boolean available =
                switch (transport) {
                    case AUTO, NIO -> true;
                    case EPOLL -> Epoll.isAvailable();
                    case IO_URING -> IoUringTransport.isAvailable();
                };
        assumeTrue(available, () -> transport + " does not work on this machine");
    }
}
