package io.memring.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.jspecify.annotations.Nullable;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** A node that answers what a test tells it to, so that it can answer wrongly. */
final class ScriptedNode implements AutoCloseable {

    /** The answer that hangs up. */
    static final String HANG_UP = "hang up";

    /** Answers a line; null for no answer. */
    interface Script {
        @Nullable String answer(int connection, String line);
    }

    private final ServerSocket listener;
    private final Script script;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final AtomicInteger accepted = new AtomicInteger();
    private final Semaphore connections = new Semaphore(0);

    ScriptedNode(Script script) {
        this(0, script);
    }

    ScriptedNode(int port, Script script) {
        this.script = script;
        try {
            listener = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start("scripted-node", this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    String address() {
        return "127.0.0.1:" + port();
    }

    int accepted() {
        return accepted.get();
    }

    /** Waits until so many more connections have been made. */
    void awaitConnections(int more) {
        connections.acquireUninterruptibly(more);
    }

    /** Says something that nobody asked for. */
    void say(String text) {
        for (Socket socket : sockets) {
            try {
                socket.getOutputStream().write(text.getBytes(ISO_8859_1));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                sockets.add(socket);
                int number = accepted.incrementAndGet();
                connections.release();
                start("scripted-connection", () -> serve(number, socket));
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    private void serve(int number, Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                if (line.startsWith("ms ") || line.startsWith("set ")) {
                    in.readNBytes(length(line) + 2);
                }
                String answer = script.answer(number, line);
                if (HANG_UP.equals(answer)) {
                    return;
                }
                if (answer != null) {
                    socket.getOutputStream().write(answer.getBytes(ISO_8859_1));
                }
            }
        } catch (IOException e) {
            // The client hung up.
        }
    }

    private static int length(String line) {
        String[] words = line.split(" ", -1);
        return Integer.parseInt(line.startsWith("ms ") ? words[2] : words[4]);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            line.append((char) b);
        }
        return line.toString().strip();
    }

    /** The opaque flag of a request. */
    static String opaque(String line) {
        return line.substring(line.lastIndexOf(" O"));
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
