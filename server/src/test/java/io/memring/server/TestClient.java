package io.memring.server;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A client that speaks in lines. */
final class TestClient implements AutoCloseable {

    private final Closeable socket;
    private final InputStream in;
    private final OutputStream out;

    private TestClient(Closeable socket, InputStream in, OutputStream out) {
        this.socket = socket;
        this.in = in;
        this.out = out;
    }

    private static TestClient open(SocketAddress address) {
        try {
            SocketChannel channel = SocketChannel.open(address);
            return new TestClient(
                    channel, Channels.newInputStream(channel), Channels.newOutputStream(channel));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot connect to " + address, e);
        }
    }

    /** Speaks over a socket that is connected. */
    static TestClient over(Socket socket) throws IOException {
        return new TestClient(socket, socket.getInputStream(), socket.getOutputStream());
    }

    static TestClient connect(MemringServer server) {
        return connect(server.address());
    }

    static TestClient connect(InetSocketAddress address) {
        return open(address);
    }

    static TestClient connect(Path unixSocket) {
        return open(UnixDomainSocketAddress.of(unixSocket));
    }

    /** Sends characters as bytes, a request or several, each line's end included. */
    void send(String text) {
        try {
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends one line and returns the first line of the reply. */
    String ask(String line) {
        send(line + "\r\n");
        return readLine();
    }

    /** The next line without its end; what there is of it when the connection ends. */
    String readLine() {
        StringBuilder line = new StringBuilder();
        try {
            for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
                line.append((char) b);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("after '" + line + "'", e);
        }
        return line.toString().stripTrailing();
    }

    /** True when the server has closed the connection and nothing is left to be read. */
    boolean isAtEnd() {
        try {
            return in.read() < 0;
        } catch (IOException _) {
            return true; // a reset is an end as well
        }
    }

    /** The reply to a statistics request, in its order. */
    Map<String, String> stats(String request) {
        Map<String, String> stats = new LinkedHashMap<>();
        send(request + "\r\n");
        for (String line : readUntilEnd()) {
            String[] words = line.split(" ", 3);
            stats.put(words[1], words[2]);
        }
        return stats;
    }

    private List<String> readUntilEnd() {
        List<String> lines = new ArrayList<>();
        for (String line = readLine(); !line.equals("END"); line = readLine()) {
            if (line.isEmpty()) {
                throw new AssertionError("connection closed after " + lines);
            }
            lines.add(line);
        }
        return lines;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
