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
import java.nio.ByteBuffer;

/** A binary client that sends frames as a test puts them together. */
public final class SaslPeer implements AutoCloseable {
    static final int GET = 0x00;
    static final int SET = 0x01;
    static final int DELETE = 0x04;
    public static final int NOOP = 0x0a;
    static final int VERSION = 0x0b;
    static final int STAT = 0x10;
    public static final int LIST = 0x20;
    public static final int AUTH = 0x21;
    public static final int STEP = 0x22;

    /** Stands for the end of the connection where a status is expected. */
    public static final int CLOSED = -1;

    private static final int REPLY_TIMEOUT_MILLIS = 20_000;

    /**
     * A reply.
     *
     * @param status {@link #CLOSED} for none
     */
    public record Reply(int status, String key, String value) {}

    private final Socket socket;
    private final InputStream in;

    SaslPeer(int port) throws IOException {
        this(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    /** Speaks over a socket that is connected. */
    public SaslPeer(Socket connected) throws IOException {
        socket = connected;
        socket.setTcpNoDelay(true);
        socket.setSoLinger(true, 0);
        socket.setSoTimeout(REPLY_TIMEOUT_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
    }

    public static byte[] frame(int opcode, String key, String value) {
        return frame(opcode, "", key, value);
    }

    static byte[] frame(int opcode, String extras, String key, String value) {
        byte[] body = (extras + key + value).getBytes(ISO_8859_1);
        return ByteBuffer.allocate(Header.LENGTH + body.length)
                .put(Header.REQUEST_MAGIC)
                .put((byte) opcode)
                .putShort((short) key.length())
                .put((byte) extras.length())
                .put((byte) 0)
                .putShort((short) 0)
                .putInt(body.length)
                .putInt(0)
                .putLong(0)
                .put(body)
                .array();
    }

    /** A store of one byte. */
    public static byte[] set(String key) {
        return frame(SET, "\0\0\0\0\0\0\0\0", key, "x");
    }

    public static byte[] plain(String user, String password) {
        return frame(AUTH, "PLAIN", "\0" + user + "\0" + password);
    }

    void send(byte[]... frames) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] frame : frames) {
            all.write(frame);
        }
        try {
            socket.getOutputStream().write(all.toByteArray());
        } catch (SocketException closed) {
            // What had arrived before may have been answered; the next read tells.
        }
    }

    public int status(byte[] frame) throws IOException {
        return ask(frame).status();
    }

    public Reply ask(byte[] frame) throws IOException {
        send(frame);
        return read();
    }

    public Reply read() throws IOException {
        try {
            byte[] header = in.readNBytes(Header.LENGTH);
            if (header.length < Header.LENGTH) {
                return new Reply(CLOSED, "", "");
            }
            ByteBuffer fields = ByteBuffer.wrap(header);
            byte[] body = in.readNBytes(fields.getInt(8));
            int valueIndex = fields.get(4) + fields.getShort(2);
            String text = new String(body, ISO_8859_1);
            return new Reply(
                    fields.getShort(6),
                    text.substring(fields.get(4), valueIndex),
                    text.substring(valueIndex));
        } catch (SocketException reset) {
            return new Reply(CLOSED, "", "");
        }
    }

    public String stat(String name) throws IOException {
        send(frame(STAT, "", ""));
        String value = "";
        for (Reply stat = read(); !stat.key().isEmpty(); stat = read()) {
            value = stat.key().equals(name) ? stat.value() : value;
        }
        return value;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
