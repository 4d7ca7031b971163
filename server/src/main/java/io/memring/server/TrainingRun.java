package io.memring.server;

import org.jspecify.annotations.Nullable;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
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

    private static final String REQUESTS =
            """
            set key 0 0 5\r
            value\r
            get key\r
            gets key other\r
            set number 0 0 1\r
            1\r
            incr number 2\r
            mg key t f v\r
            ms key 5\r
            value\r
            touch key 0\r
            delete number\r
            get number\r
            mn\r
            """;

    private static final String LAST_REPLY = "MN\r\n";

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
        try (SocketChannel channel = SocketChannel.open(node)) {
            OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel));
            InputStream in = Channels.newInputStream(channel);
            for (int i = 0; i < rounds; i++) {
                exchange(out, in, REQUESTS);
            }
            exchange(out, in, last);
        }
    }

    /** Sends requests and takes replies until the last one, or the end, has come. */
    private static void exchange(OutputStream out, InputStream in, String requests)
            throws IOException {
        out.write(requests.getBytes(StandardCharsets.US_ASCII));
        out.flush();
        byte[] buffer = new byte[16 << 10];
        String tail = "";
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            String text = tail + new String(buffer, 0, n, StandardCharsets.US_ASCII);
            if (text.endsWith(LAST_REPLY)) {
                return;
            }
            tail = text.substring(Math.max(0, text.length() - LAST_REPLY.length()));
        }
    }
}
