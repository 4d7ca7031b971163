package io.memring.load.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A node that runs as long as it is measured with. */
final class NodeProcess {
    private static final String PORT = "{port}";
    private static final int ATTEMPTS = 600;
    private static final long PAUSE_MILLIS = 100;

    private final Process process;
    private final int port;

    /** Starts a command in which {@code {port}} stands for a free port. */
    NodeProcess(String command) throws IOException, InterruptedException {
        port = freePort();
        List<String> words =
                Arrays.stream(command.split(" ", -1))
                        .map(word -> word.replace(PORT, Integer.toString(port)))
                        .toList();
        process = new ProcessBuilder(words).inheritIO().start();
        awaitStart(command);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitStart(String command) throws IOException, InterruptedException {
        for (int i = 0; i < ATTEMPTS && process.isAlive(); i++) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                return;
            } catch (IOException e) {
                process.waitFor(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
            }
        }
        stop();
        throw new IOException("nobody listens on the port: command=" + command);
    }

    /** Where it listens. */
    String address() {
        return "127.0.0.1:" + port;
    }

    /** Stops it and waits for that. */
    void stop() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }
}
