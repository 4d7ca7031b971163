package io.memring.server.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.memring.protocol.binary.Header;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.Arrays;
import java.util.Map;
import java.util.random.RandomGenerator;

/** A connection that sends bytes and reads lines. A reply that does not come fails the read. */
final class WireClient implements AutoCloseable {
    /** Only a broken server keeps a client waiting so long. */
    private static final int REPLY_TIMEOUT_MILLIS = 20_000;

    private final Socket socket;
    private final InputStream in;

    /** Set once the server has been seen to have closed: what is sent after that is lost. */
    private boolean broken;

    WireClient(int port) throws IOException {
        this(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    /** Speaks over a socket that is connected. */
    WireClient(Socket connected) throws IOException {
        socket = connected;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(REPLY_TIMEOUT_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** Sends the text, each char a byte. */
    void send(String text) {
        byte[] bytes = text.getBytes(ISO_8859_1);
        write(bytes, 0, bytes.length);
    }

    void send(byte[] bytes, Delivery delivery, RandomGenerator random) {
        for (int offset = 0; offset < bytes.length; ) {
            int length = delivery.pieceLength(offset, bytes.length, random);
            write(bytes, offset, length);
            offset += length;
        }
    }

    /** A server may close while it is being written to; whether it should, the next read tells. */
    private void write(byte[] bytes, int offset, int length) {
        if (broken) {
            return;
        }
        try {
            socket.getOutputStream().write(bytes, offset, length);
        } catch (IOException closed) {
            broken = true;
        }
    }

    /** The next bytes up to and including a newline, or up to the end of the stream. */
    String readLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int b;
        while ((b = read()) >= 0) {
            line.write(b);
            if (b == '\n') {
                break;
            }
        }
        return line.toString(ISO_8859_1);
    }

    /** As many bytes, fewer only at the end of the stream. */
    String read(int length) throws IOException {
        return new String(in.readNBytes(length), ISO_8859_1);
    }

    /** The reply to a request that is answered by one line, without the line end. */
    String ask(String request) throws IOException {
        send(request + "\r\n");
        return readLine().stripTrailing();
    }

    /** The next frame of the binary protocol. */
    byte[] readFrame() throws IOException {
        byte[] header = in.readNBytes(Header.LENGTH);
        if (header.length < Header.LENGTH) {
            throw new IOException("the connection ended, or within a header");
        }
        byte[] body = in.readNBytes(Frame.bodyLength(header));
        byte[] frame = Arrays.copyOf(header, header.length + body.length);
        System.arraycopy(body, 0, frame, header.length, body.length);
        return frame;
    }

    /** The reply to a binary no-op: MN, as in text, or else a frame's bytes. */
    String askBinaryNoop() throws IOException {
        byte[] request = Frame.parse("noop").toBytes(Map.of());
        write(request, 0, request.length);
        byte[] reply = readFrame();
        return Frame.parse("noop").matches(reply, Map.of()) ? "MN" : new String(reply, ISO_8859_1);
    }

    /** The value of one general statistic. */
    String stat(String name) throws IOException {
        send("stats\r\n");
        String wanted = "STAT " + name + " ";
        String value = "";
        for (String line = readLine(); !line.equals("END\r\n"); line = readLine()) {
            if (line.isEmpty()) {
                throw new IOException("the connection ended within stats");
            }
            value = line.startsWith(wanted) ? line.substring(wanted.length()).strip() : value;
        }
        return value;
    }

    /** Waits for the server to say something or to close. A reset counts as closed. */
    boolean isAtEnd() throws IOException {
        in.mark(1);
        int b = read();
        in.reset();
        return b < 0;
    }

    private int read() throws IOException {
        try {
            return in.read();
        } catch (SocketException reset) {
            return -1;
        }
    }

    void leave(Step.Manner manner) throws IOException {
        switch (manner) {
            case CLOSE -> socket.close();
            case HALF_CLOSE -> socket.shutdownOutput();
            case RESET -> reset();
        }
    }

    /** Closes with RST. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    Socket socket() {
        return socket;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
