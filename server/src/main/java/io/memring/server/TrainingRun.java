package io.memring.server;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Starts a node as the launcher does, talks to it for a moment and stops it, while the JVM records
 * for its ahead-of-time cache what it loads, links and compiles. Part of the build, not of a node.
 */
public final class TrainingRun {

    /** Enough for the JVM to compile what is called each time, once and for all. */
    private static final int MANY = 5_000;

    /** Enough for the JVM to load and link it. */
    private static final int FEW = 20;

    private TrainingRun() {}

    public static void main(String... arguments) throws IOException {
        Main.prepareJvm();
        Path folder = Files.createTempDirectory("memring");
        Path socket = folder.resolve("socket");
        try {
            train(FEW, UnixDomainSocketAddress.of(socket), "-s", socket.toString(), "-A");
            train(MANY, null, "-p", "-1", "-l", "127.0.0.1", "-A", "-o", "idle_timeout=60");
        } finally {
            Files.deleteIfExists(socket);
            Files.delete(folder);
        }
    }

    private static void train(int rounds, @Nullable SocketAddress address, String... arguments)
            throws IOException {
        MemringServer server = Main.start((Invocation.Serve) CommandLineReader.read(arguments));
        SocketAddress node = address == null ? server.address() : address;
        for (int i = 0; i < rounds; i++) {
            converse(node, 1, "mn\r\n");
        }
        converse(node, rounds, "stats\r\nstats settings\r\nversion\r\nmn\r\n");
        converse(node, 1, "shutdown\r\n");
        server.awaitClosed();
    }

    /** Opens a connection for so many rounds of requests and some last ones. */
    private static void converse(SocketAddress node, int rounds, String last) throws IOException {
        try (SampleClient client = new SampleClient(node)) {
            for (int i = 0; i < rounds; i++) {
                client.send(SampleClient.REQUESTS);
                client.awaitReplies();
            }
            client.send(last);
            client.awaitReplies();
        }
    }
}
