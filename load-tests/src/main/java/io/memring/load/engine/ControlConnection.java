package io.memring.load.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.memring.client.ring.Node;
import io.memring.load.result.LoadException;
import io.memring.load.wire.WireName;
import io.memring.sasl.Mechanism;

import org.jspecify.annotations.Nullable;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import javax.net.ssl.SSLSocket;

/**
 * A connection to one node beside the load: finds out whether the node is there and speaks the
 * protocol, and asks for its statistics. Blocks; used by the coordinator.
 */
final class ControlConnection implements AutoCloseable {

    private static final int BUFFER_BYTES = 1 << 16;

    /** Of a reply in an error message. */
    private static final int MAX_SHOWN = 60;

    private final Node node;
    private final LoadPlan plan;
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    private ControlConnection(Node node, LoadPlan plan, Socket socket) throws IOException {
        this.node = node;
        this.plan = plan;
        this.socket = socket;
        in = new BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    /**
     * Connects, logs in and asks for the version.
     *
     * @throws LoadException if any of that fails
     */
    static ControlConnection open(Node node, InetSocketAddress address, LoadPlan plan)
            throws LoadException {
        Socket socket = new Socket();
        try {
            socket.connect(address, (int) plan.timeout().toMillis());
            ControlConnection connection =
                    new ControlConnection(node, plan, encrypted(socket, node, plan));
            connection.socket.setSoTimeout((int) plan.timeout().toMillis());
            connection.logIn();
            connection.checkProtocol();
            return connection;
        } catch (IOException e) {
            closeQuietly(socket);
            throw new LoadException(ConnectFailure.explain(node, e, 0), e);
        } catch (LoginException e) {
            closeQuietly(socket);
            throw new LoadException(node.address() + ": " + e.getMessage(), e);
        } catch (LoadException e) {
            closeQuietly(socket);
            throw e;
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // Nothing is under way on it, and nobody waits for it.
        }
    }

    private static Socket encrypted(Socket socket, Node node, LoadPlan plan) throws IOException {
        TlsPlan tls = plan.tls();
        if (tls == null) {
            return socket;
        }
        SSLSocket encrypted =
                (SSLSocket)
                        tls.context()
                                .getSocketFactory()
                                .createSocket(socket, node.host(), node.port(), true);
        encrypted.setSSLParameters(tls.parameters(encrypted.getSSLParameters()));
        encrypted.startHandshake();
        return encrypted;
    }

    private void logIn() throws IOException, LoginException {
        LoginPlan plannedLogin = plan.login();
        if (plannedLogin == null) {
            return;
        }
        Login login = plannedLogin.begin(plan.protocol());
        byte @Nullable [] message = login.firstMessage();
        byte[] buffer = new byte[BUFFER_BYTES];
        while (!login.isDone()) {
            if (message != null) {
                out.write(message);
            }
            int count = in.read(buffer);
            if (count < 0) {
                throw new LoginException("the server closed the connection during the login");
            }
            message = login.receive(buffer, count);
        }
    }

    /** The strongest mechanism of those that the node offers and we know. */
    static LoginPlan chooseMechanism(
            LoginPlan login, Node node, InetSocketAddress address, LoadPlan plan)
            throws LoadException {
        try (ControlConnection connection = open(node, address, plan.withLogin(null))) {
            connection.out.write(BinaryFrame.request(BinaryFrame.SASL_LIST_MECHS, "", new byte[0]));
            BinaryFrame reply = connection.readFrame();
            List<String> offered = List.of(reply.text().split(" ", -1));
            for (Mechanism mechanism : Mechanism.values()) {
                if (offered.contains(mechanism.wireName()) && LoginPlan.isKnown(mechanism)) {
                    return login.withMechanism(mechanism);
                }
            }
            throw new LoadException(
                    node.address()
                            + ": authentication failed: the server offers "
                            + (reply.status() == 0 ? reply.text() : "no SASL"));
        } catch (IOException e) {
            throw new LoadException(ConnectFailure.explain(node, e, 0), e);
        }
    }

    private void checkProtocol() throws IOException, LoadException {
        boolean binary = plan.protocol() == WireName.BINARY;
        out.write(
                binary
                        ? BinaryFrame.request(BinaryFrame.VERSION, "", new byte[0])
                        : "version\r\n".getBytes(UTF_8));
        byte[] reply = new byte[BUFFER_BYTES];
        int count;
        try {
            count = in.read(reply);
        } catch (SocketTimeoutException e) {
            throw wrongProtocol("it does not answer");
        }
        if (count < 0) {
            throw wrongProtocol("it closed the connection");
        }
        String text = new String(reply, 0, count, UTF_8);
        if (text.startsWith("CLIENT_ERROR unauthenticated")) {
            throw new LoadException(node.address() + ": needs a login (--user)");
        }
        if (binary ? !isVersionReply(reply, count) : !text.startsWith("VERSION ")) {
            throw wrongProtocol("it answered '" + shown(text) + "'");
        }
    }

    private static boolean isVersionReply(byte[] reply, int count) {
        BinaryFrame frame =
                reply[0] == (byte) 0x81 ? BinaryFrame.read(ByteBuffer.wrap(reply, 0, count)) : null;
        return frame != null && frame.opcode() == BinaryFrame.VERSION;
    }

    private LoadException wrongProtocol(String observation) {
        return new LoadException(
                "%s does not speak the %s protocol%s: %s"
                        .formatted(
                                node.address(),
                                plan.protocol().label(),
                                plan.tls() == null ? " without TLS" : " over TLS",
                                observation));
    }

    private static String shown(String text) {
        String line = text.lines().findFirst().orElse("").replaceAll("[^ -~]", "?");
        return line.length() > MAX_SHOWN ? line.substring(0, MAX_SHOWN) + "..." : line;
    }

    /** The node's general statistics in its order; empty if it does not answer with any. */
    Map<String, String> stats() throws IOException {
        return plan.protocol() == WireName.BINARY ? binaryStats() : textStats();
    }

    private Map<String, String> binaryStats() throws IOException {
        Map<String, String> stats = new LinkedHashMap<>();
        out.write(BinaryFrame.request(BinaryFrame.STAT, "", new byte[0]));
        while (true) {
            BinaryFrame frame = readFrame();
            if (frame.status() != 0 || frame.key().isEmpty()) {
                return stats;
            }
            stats.put(frame.key(), frame.text());
        }
    }

    private BinaryFrame readFrame() throws IOException {
        byte[] header = in.readNBytes(BinaryFrame.HEADER);
        int bodyLength =
                header.length < BinaryFrame.HEADER
                        ? -1
                        : BinaryFrame.bodyLength(ByteBuffer.wrap(header));
        if (bodyLength < 0) {
            throw new EOFException("the server closed the connection or sent no binary reply");
        }
        byte[] whole = Arrays.copyOf(header, header.length + bodyLength);
        if (in.readNBytes(whole, header.length, bodyLength) < bodyLength) {
            throw new EOFException("the server closed the connection");
        }
        BinaryFrame frame = BinaryFrame.read(ByteBuffer.wrap(whole));
        if (frame == null) {
            throw new IllegalStateException("a whole frame was read, and is none");
        }
        return frame;
    }

    private Map<String, String> textStats() throws IOException {
        Map<String, String> stats = new LinkedHashMap<>();
        out.write("stats\r\n".getBytes(UTF_8));
        while (true) {
            String line = readLine();
            String[] words = line.split(" ", 3);
            if (words.length < 3 || !words[0].equals("STAT")) {
                return stats; // END, or an error: a proxy may know no stats.
            }
            stats.put(words[1], words[2]);
        }
    }

    private String readLine() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int character = in.read(); character != '\n'; character = in.read()) {
            if (character < 0) {
                throw new EOFException("the server closed the connection");
            }
            line.append((char) character);
        }
        return line.toString().strip();
    }

    @Override
    public void close() {
        closeQuietly(socket);
    }
}
