package io.memring.load.ring;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.memring.server.MemringServer;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;

/**
 * Runs commands against a node in this process, while the JVM records for its ahead-of-time cache
 * what it loads, links and compiles. Part of the build.
 */
public final class TrainingRun {
    private TrainingRun() {}

    public static void main(String... arguments) {
        try (MemringServer node = MemringServer.builder().port(0).start()) {
            String nodes = "127.0.0.1:" + node.port();
            run("set", "key", "value", "-n", nodes);
            run("get", "key", "-n", nodes, "--json");
            run("delete", "key", "-n", nodes, "--failover");
            run("status", "-n", nodes);
        }
        run("locate", "key", "--json");
        run("balance", "-f", "rendezvous");
        run("diff", "--to", "127.0.0.1:11211");
        run("fingerprint");
        run("get", "-h");
    }

    private static void run(String... arguments) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
        InputStream nothing = new ByteArrayInputStream(new byte[0]);
        int status = RingCommand.run(new Console(nothing, nowhere, System.err), arguments);
        if (status != ExitStatus.OK) {
            throw new IllegalStateException("a command failed: status=" + status);
        }
    }
}
