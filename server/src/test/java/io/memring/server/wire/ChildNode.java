package io.memring.server.wire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Our node as a process of its own, to be sent signals or started in a poor environment. */
final class ChildNode implements AutoCloseable {
    private static final int START_ATTEMPTS = 2000;
    private static final int EXIT_SECONDS = 30;

    private final Process process;
    private final Path portFile;
    private final Path errors;

    private ChildNode(Process process, Path portFile, Path errors) {
        this.process = process;
        this.portFile = portFile;
        this.errors = errors;
    }

    /**
     * Starts a node through {@code sh}.
     *
     * @param directory for its files
     * @param environment shell commands that come before; the node itself is {@code "$@"}
     */
    static ChildNode start(Path directory, String environment, String... arguments)
            throws IOException {
        Path portFile = directory.resolve("port");
        Path errors = directory.resolve("stderr");
        Files.deleteIfExists(portFile);
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", environment, "sh"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx64m"));
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of("io.memring.server.Main", "-l", "127.0.0.1", "-p", "-1"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
        builder.environment().put("MEMCACHED_PORT_FILENAME", portFile.toString());
        ChildNode node = new ChildNode(builder.start(), portFile, errors);
        node.awaitListening();
        return node;
    }

    private void awaitListening() throws IOException {
        for (int attempt = 0; attempt < START_ATTEMPTS; attempt++) {
            if (Files.exists(portFile)) {
                return;
            }
            if (exitsWithin(10, TimeUnit.MILLISECONDS)) {
                break;
            }
        }
        throw new IOException("the node does not listen: " + errors());
    }

    private boolean exitsWithin(long time, TimeUnit unit) throws IOException {
        try {
            return process.waitFor(time, unit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    int port() throws IOException {
        String ports = Files.readString(portFile);
        return Integer.parseInt(ports.lines().findFirst().orElseThrow().replaceAll("\\D+", ""));
    }

    WireClient connect() throws IOException {
        return new WireClient(port());
    }

    /** Sends a signal by name. */
    void signal(String name) throws IOException {
        Process kill =
                new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start();
        try {
            kill.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** The code with which the process ends by itself. */
    int exitCode() throws IOException {
        if (!exitsWithin(EXIT_SECONDS, TimeUnit.SECONDS)) {
            throw new IOException("the node does not end");
        }
        return process.exitValue();
    }

    /** What it has written to its standard error. */
    String errors() throws IOException {
        return Files.readString(errors);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
