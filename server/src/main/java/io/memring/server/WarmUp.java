package io.memring.server;

import io.memring.server.dispatch.LateLogger;
import io.memring.slab.libc.CFunction;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * Has the JVM compile what every connection and request needs, before many clients come: a process
 * that has just started serves its first connections ten times as slowly as memcached, since their
 * code is still interpreted, and then compiled beside them. So it talks, for about a second, to a
 * node of its own, whose items and statistics go with it. The node that people use shares
 * processors, memory and descriptors with it, and nothing else. Then it has the young generation
 * collected, since the first collections take longest, at a time when they delay hardly anybody.
 */
final class WarmUp {

    private static final LateLogger LOG = new LateLogger(WarmUp.class);

    private static final String THREAD_NAME = "memring-warm-up";

    /**
     * Whoever has waited for the node is served first, and a node may be stopped at once. Neither
     * announces itself, so there is nothing to wait for but time.
     */
    private static final long DELAY_MILLIS = 200;

    /** With twice as many, new connections get no cheaper (decision 0013). */
    private static final int CONNECTIONS = 500;

    /** So that workers also meet several that are ready. */
    private static final int CONNECTIONS_AT_ONCE = 10;

    /** Fill the launcher's young generation (8 MiB) more than twice. */
    private static final int GARBAGE_PIECES = 512;

    private static final int PIECE_BYTES = 32 << 10;

    /**
     * The JVM keeps what compilers have used for up to five seconds before it frees it, and tells
     * nobody.
     */
    private static final long COMPILERS_REST_MILLIS = 6_000;

    private WarmUp() {}

    /**
     * Starts it in the background. It ends by itself or with the process. Where it fails, for want
     * of descriptors, say, the node is as slow at first as without it, which is logged with {@code
     * -v}.
     *
     * @param config of the node that clients use
     */
    static void begin(ServerConfig config) {
        Thread thread = new Thread(() -> runLater(config), THREAD_NAME);
        thread.setDaemon(true);
        thread.start();
    }

    private static void runLater(ServerConfig config) {
        try {
            Thread.sleep(DELAY_MILLIS);
            run(config.listen().transport());
            leaveGarbage();
            Thread.sleep(COMPILERS_REST_MILLIS);
            giveBackMemory();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException | OutOfMemoryError e) { // No thread is no memory.
            if (config.verbosity() > 0) {
                LOG.log(Level.INFO, "the warm-up has failed: {0}", e.toString());
            }
        }
    }

    /** Talks to a node of its own that uses the given transport. */
    static void run(Transport transport) throws IOException {
        ServerConfig config =
                new ServerBuilder()
                        .listen("127.0.0.1")
                        .port(0)
                        .workers(1)
                        .memoryLimitMegabytes(8)
                        .transport(transport)
                        .build();
        try (MemringServer node = MemringServer.start(config)) {
            for (int i = 0; i < CONNECTIONS; i += CONNECTIONS_AT_ONCE) {
                talk(node.address());
            }
        }
    }

    /**
     * The collections that this causes look through the code that is new and copy what has survived
     * so far, the second time into the old generation; later ones need not.
     */
    private static void leaveGarbage() {
        for (int i = 0; i < GARBAGE_PIECES; i++) {
            byte[] _ = new byte[PIECE_BYTES];
        }
    }

    /** What the compilers have freed goes back to the system; without glibc, nothing happens. */
    private static void giveBackMemory() {
        CFunction.find("malloc_trim").ifPresent(trim -> trim.call(0));
    }

    /** Several clients at a time, who ask all once; the first just goes, as many do. */
    private static void talk(SocketAddress node) throws IOException {
        List<SampleClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < CONNECTIONS_AT_ONCE; i++) {
                clients.add(new SampleClient(node));
            }
            for (SampleClient client : clients) {
                client.send(SampleClient.REQUESTS);
            }
            for (SampleClient client : clients) {
                client.awaitReplies();
            }
            for (SampleClient client : clients.subList(1, CONNECTIONS_AT_ONCE)) {
                client.quit();
            }
        } finally {
            for (SampleClient client : clients) {
                client.close();
            }
        }
    }
}
