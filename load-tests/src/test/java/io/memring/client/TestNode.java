package io.memring.client;

import io.memring.server.MemringServer;
import io.memring.server.ServerBuilder;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A node for the client's tests: one of ours in this process or, with {@code
 * -Dmemring.peer=PROGRAM}, one that takes memcached's command line. bin/client-peer says so.
 */
interface TestNode extends AutoCloseable {

    /** The program that takes the place of our node; empty when there is none. */
    String PEER = System.getProperty("memring.peer", "");

    /**
     * What a node over TLS shows, and whom it lets in.
     *
     * @param chain a PEM file with the node's certificate
     * @param key a PEM file with the key of that certificate
     * @param clients a PEM file with the authority of clients; null lets everybody in
     */
    record Tls(Path chain, Path key, @Nullable Path clients) {}

    /** Starts a node on a free port of the loopback interface. */
    static TestNode start() {
        return start(0, null);
    }

    /** Starts a node on a port, or on any free one for 0; over TLS unless that is null. */
    static TestNode start(int port, @Nullable Tls tls) {
        try {
            return PEER.isEmpty() ? Ours.start(port, tls) : Program.start(port, tls);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port();

    @Override
    void close();

    /** Our node. */
    record Ours(MemringServer server) implements TestNode {

        private static TestNode start(int port, @Nullable Tls tls) {
            ServerBuilder builder = MemringServer.builder().port(port).memoryLimitMegabytes(16);
            if (tls != null) {
                builder.tls(tls.chain, tls.key);
                if (tls.clients != null) {
                    builder.tlsClients(tls.clients);
                }
            }
            return new Ours(builder.start());
        }

        @Override
        public int port() {
            return server.port();
        }

        @Override
        public void close() {
            server.close();
        }
    }

    /** Another program. */
    record Program(Process process, int port) implements TestNode {
        private static final int ATTEMPTS = 500;
        private static final long PAUSE_MILLIS = 10;

        private static TestNode start(int wantedPort, @Nullable Tls tls) throws IOException {
            int port = wantedPort == 0 ? freePort() : wantedPort;
            List<String> command = new ArrayList<>(List.of(PEER, "-u", "root", "-m", "16"));
            command.addAll(List.of("-l", "127.0.0.1", "-p", Integer.toString(port), "-U", "0"));
            if (tls != null) {
                command.addAll(List.of("-Z", "-o", options(tls)));
            }
            Process process = new ProcessBuilder(command).inheritIO().start();
            awaitListening(process, port);
            return new Program(process, port);
        }

        private static String options(Tls tls) {
            String own = "ssl_chain_cert=" + tls.chain + ",ssl_key=" + tls.key;
            return tls.clients == null
                    ? own
                    : own + ",ssl_verify_mode=2,ssl_ca_cert=" + tls.clients;
        }

        private static int freePort() throws IOException {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            }
        }

        private static void awaitListening(Process process, int port) throws IOException {
            for (int i = 0; i < ATTEMPTS; i++) {
                try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
                    return;
                } catch (IOException notYet) {
                    pause(process);
                }
            }
            process.destroyForcibly();
            throw new IOException("nobody listens: program=" + PEER);
        }

        private static void pause(Process process) throws IOException {
            try {
                if (process.waitFor(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                    throw new IOException("the program ended: status=" + process.exitValue());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }

        @Override
        public void close() {
            process.destroy();
            process.onExit().join();
        }
    }
}
