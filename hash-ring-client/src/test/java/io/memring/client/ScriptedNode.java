package io.memring.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.jspecify.annotations.Nullable;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.concurrent.Semaphore;

/** A node that answers what a test tells it to, so that it can answer wrongly. */
final class ScriptedNode extends ScriptedListener {

    /** The answer that hangs up. */
    static final String HANG_UP = "hang up";

    /** Answers a line; null for no answer. */
    interface Script {
        @Nullable String answer(int connection, String line) throws InterruptedException;
    }

    private final Script script;
    private final Semaphore connections = new Semaphore(0);

    ScriptedNode(Script script) {
        this(0, script);
    }

    ScriptedNode(int port, Script script) {
        super(port);
        this.script = script;
        start();
    }

    /** Waits until so many more connections have been made. */
    void awaitConnections(int more) {
        connections.acquireUninterruptibly(more);
    }

    @Override
    void connected() {
        connections.release();
    }

    /** Says something that nobody asked for. */
    void say(String text) {
        for (Socket socket : sockets()) {
            try {
                socket.getOutputStream().write(text.getBytes(ISO_8859_1));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    void serve(int number, Socket socket) throws IOException, InterruptedException {
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
}
