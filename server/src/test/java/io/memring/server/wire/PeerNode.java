package io.memring.server.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Another program that takes memcached's command line, run as a process of its own. {@code -o
 * debug_commands} is left out of its command line: memcached has {@code debugtime} by the way it
 * was built ({@code memcached-debug}).
 */
final class PeerNode implements Node {
    private static final int START_ATTEMPTS = 500;

    private final Process process;
    private final int port;

    private PeerNode(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static PeerNode start(String program, List<String> arguments) throws IOException {
        int port = freePort();
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(List.of("-p", String.valueOf(port), "-l", "127.0.0.1", "-U", "0"));
        command.addAll(List.of("-u", "root"));
        command.addAll(withoutDebugCommands(arguments));
        Process process = new ProcessBuilder(command).inheritIO().start();
        awaitListening(process, port);
        return new PeerNode(process, port);
    }

    private static List<String> withoutDebugCommands(List<String> arguments) {
        int at = arguments.indexOf("debug_commands");
        List<String> rest = new ArrayList<>(arguments);
        if (at >= 0) {
            rest.subList(at - 1, at + 1).clear();
        }
        return rest;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void awaitListening(Process process, int port) throws IOException {
        for (int attempt = 0; attempt < START_ATTEMPTS; attempt++) {
            try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException notYet) {
                pause(process);
            }
        }
        process.destroyForcibly();
        throw new IOException("the peer does not listen");
    }

    private static void pause(Process process) throws IOException {
        try {
            if (process.waitFor(10, TimeUnit.MILLISECONDS)) {
                throw new IOException("the peer ended with code " + process.exitValue());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
