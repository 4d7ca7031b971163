package io.memring.load.engine;

import io.memring.client.ring.Node;
import io.memring.load.result.LoadException;
import io.memring.load.wire.Bytes;
import io.memring.load.wire.ReplyException;

import org.jspecify.annotations.Nullable;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Consumer;

/**
 * The sockets of one load thread's connections: opens them, lets them log in, reads, writes, and
 * opens lost ones again. All methods belong to that thread.
 */
final class Sockets implements Outlet, AutoCloseable {

    /** What is read or written at once. */
    private static final int BUFFER_BYTES = 1 << 18;

    /** Connections that are being opened at the same time, at first. */
    private static final int MAX_OPENING = 32;

    private static final int OPENING_WAIT_MILLIS = 100;

    /** Between a connection's loss and the attempt to open it again. */
    private static final long RETRY_NANOS = 100_000_000L;

    /** A connection that will be opened again. */
    private record Retry(Connection connection, long atNanos) {}

    private final LoadPlan plan;
    private final List<InetSocketAddress> addresses;
    private final Selector selector;
    private final Driver driver;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final byte[] received = new byte[BUFFER_BYTES];
    private final ArrayDeque<Retry> retries = new ArrayDeque<>();
    private final Consumer<SelectionKey> onSelected = this::onSelected;

    private boolean starting;
    private @Nullable LoadException failure;
    private long opened;
    private int opening;

    /**
     * No socket yet.
     *
     * @param addresses of the nodes, in their order
     */
    Sockets(LoadPlan plan, List<InetSocketAddress> addresses, Driver.Shared shared, int clients)
            throws IOException {
        this.plan = plan;
        this.addresses = addresses;
        selector = Selector.open();
        driver = new Driver(shared, clients, addresses.size(), this, System::nanoTime);
    }

    Driver driver() {
        return driver;
    }

    Selector selector() {
        return selector;
    }

    /** Opens all connections; the first failure ends it. */
    void openAll() throws LoadException, IOException {
        starting = true;
        long deadline = System.nanoTime() + plan.timeout().toNanos();
        for (Client client : driver.clients()) {
            for (Connection connection : client.connections) {
                open(connection);
                while (opening >= MAX_OPENING) {
                    awaitOpening(deadline);
                }
            }
        }
        while (opening > 0) {
            awaitOpening(deadline);
        }
        starting = false;
    }

    private void awaitOpening(long deadline) throws LoadException, IOException {
        selector.select(onSelected, OPENING_WAIT_MILLIS);
        if (failure != null) {
            throw failure;
        }
        if (System.nanoTime() - deadline > 0) {
            throw new LoadException(
                    "connections not open after %d s: %d are, %d are being opened"
                            .formatted(plan.timeout().toSeconds(), opened, opening));
        }
    }

    /** Serves the sockets that are ready, and waits for one if there is none. */
    void select(long timeoutMillis) throws IOException {
        if (timeoutMillis == 0) {
            selector.selectNow(onSelected);
        } else {
            selector.select(onSelected, timeoutMillis);
        }
    }

    /** When a lost connection is to be opened again; the far future if there is none. */
    long nextRetry() {
        return retries.isEmpty() ? Long.MAX_VALUE : retries.peek().atNanos();
    }

    /** Gives up requests that wait for too long, and their connections. */
    void expire(long now) {
        long limit = plan.timeout().toNanos();
        for (Client client : driver.clients()) {
            for (Connection connection : client.connections) {
                long sent = connection.oldestSentNanos();
                if (sent != Long.MAX_VALUE && now - sent > limit) {
                    lose(connection, "no reply within " + plan.timeout().toMillis() + " ms");
                }
            }
        }
    }

    /** Opens connections again whose time has come. */
    void retryLost(long now) {
        while (!retries.isEmpty() && retries.peek().atNanos() <= now) {
            open(retries.remove().connection());
        }
    }

    private void open(Connection connection) {
        Node node = plan.nodes().get(connection.node);
        opening++;
        SocketChannel channel = null;
        try {
            channel = SocketChannel.open();
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            boolean connected = channel.connect(addresses.get(connection.node));
            SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT, connection);
            connection.socket = new OpenSocket(channel, key, link(channel, node), login());
            if (connected) {
                advance(connection, connection.socket);
            }
        } catch (IOException | LoginException | ReplyException e) {
            closeQuietly(channel);
            lose(connection, e);
        }
    }

    private static void closeQuietly(@Nullable SocketChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                // Nothing was sent yet that could get lost, and the reason to close is told.
            }
        }
    }

    private Link link(SocketChannel channel, Node node) throws IOException {
        TlsPlan tls = plan.tls();
        return tls == null
                ? new PlainLink(channel)
                : new TlsLink(channel, tls.engine(node.host(), node.port()));
    }

    private @Nullable Login login() {
        LoginPlan login = plan.login();
        return login == null ? null : login.begin(plan.protocol());
    }

    private void onSelected(SelectionKey key) {
        Connection connection = (Connection) key.attachment();
        OpenSocket socket = connection.socket;
        if (socket == null || !socket.key.equals(key)) {
            return; // Closed since it was selected.
        }
        try {
            advance(connection, socket);
        } catch (IOException | LoginException | ReplyException e) {
            lose(connection, e);
        }
    }

    /** Does what the socket is ready for. */
    private void advance(Connection connection, OpenSocket socket)
            throws IOException, LoginException, ReplyException {
        switch (socket.state) {
            case CONNECTING -> {
                if (socket.channel.finishConnect()) {
                    socket.state = OpenSocket.State.HANDSHAKING;
                    advance(connection, socket);
                }
            }
            case HANDSHAKING -> {
                if (socket.link.handshake()) {
                    beginLogin(connection, socket);
                }
                socket.awaitNetwork();
            }
            case LOGGING_IN -> {
                readLogin(connection, socket);
                socket.awaitNetwork();
            }
            case READY -> {
                if (socket.key.isWritable()) {
                    flush(connection);
                }
                if (connection.socket == socket && socket.key.isReadable()) {
                    read(connection, socket);
                }
            }
        }
    }

    private void beginLogin(Connection connection, OpenSocket socket) throws IOException {
        if (socket.login == null) {
            onReady(connection, socket);
        } else {
            socket.state = OpenSocket.State.LOGGING_IN;
            socket.link.write(ByteBuffer.wrap(socket.login.firstMessage()));
        }
    }

    private void readLogin(Connection connection, OpenSocket socket)
            throws IOException, LoginException {
        Login login = socket.login;
        int count = readBuffer(socket);
        if (count == 0 || login == null) {
            return;
        }
        byte[] answer = login.receive(received, count);
        if (answer != null) {
            socket.link.write(ByteBuffer.wrap(answer)); // A new connection takes a few bytes.
        }
        if (login.isDone()) {
            onReady(connection, socket);
        }
    }

    private void onReady(Connection connection, OpenSocket socket) {
        socket.state = OpenSocket.State.READY;
        socket.awaitNetwork();
        opening--;
        opened++;
        driver.recorder().connects++;
        connection.client.ready++;
        driver.offer(connection.client);
    }

    /** Reads into {@link #received}; returns how much. */
    private int readBuffer(OpenSocket socket) throws IOException {
        buffer.clear();
        int count = socket.link.read(buffer);
        if (count < 0) {
            throw new EOFException("the server closed the connection");
        }
        buffer.flip().get(received, 0, count);
        return count;
    }

    private void read(Connection connection, OpenSocket socket) throws IOException, ReplyException {
        int count;
        do {
            count = readBuffer(socket);
            if (count > 0) {
                driver.recorder().bytesReceived += count;
                driver.receive(connection, received, count);
            }
            // Beyond a full buffer a TLS link may hold more, of which the selector knows nothing.
        } while (count >= BUFFER_BYTES / 2 && connection.socket == socket);
    }

    @Override
    public void flush(Connection connection) {
        OpenSocket socket = connection.socket;
        if (socket == null || socket.state != OpenSocket.State.READY) {
            return;
        }
        boolean wasBlocked = socket.link.isBlocked();
        try {
            write(connection, socket.link);
            if (wasBlocked || socket.link.isBlocked()) {
                socket.awaitNetwork();
            }
        } catch (IOException e) {
            lose(connection, e);
        }
    }

    private void write(Connection connection, Link link) throws IOException {
        Bytes out = connection.out;
        if (link.isBlocked()) {
            link.write(buffer.clear().limit(0));
        }
        while (connection.hasUnsent() && !link.isBlocked()) {
            int length = Math.min(out.length() - connection.sent, BUFFER_BYTES);
            buffer.clear().put(out.array(), connection.sent, length).flip();
            link.write(buffer);
            connection.sent += buffer.position();
            driver.recorder().bytesSent += buffer.position();
        }
        if (!connection.hasUnsent()) {
            connection.allSent();
        }
    }

    private void lose(Connection connection, Exception reason) {
        if (starting) {
            Node node = plan.nodes().get(connection.node);
            fail(
                    reason instanceof IOException e
                            ? ConnectFailure.explain(node, e, opened)
                            : node.address() + ": " + reason.getMessage());
        }
        lose(
                connection,
                reason instanceof IOException e
                        ? ConnectFailure.reason(e)
                        : "" + reason.getMessage());
    }

    private void fail(String message) {
        if (failure == null) {
            failure = new LoadException(message);
        }
    }

    /** Closes a connection that is of no use any more, and has it opened again soon. */
    private void lose(Connection connection, String reason) {
        if (connection.isIdle()) {
            driver.recorder().countError(reason);
        }
        close(connection);
        connection.abandon(reason, System.nanoTime());
        retries.add(new Retry(connection, System.nanoTime() + RETRY_NANOS));
    }

    private void close(Connection connection) {
        OpenSocket socket = connection.socket;
        if (socket == null) {
            opening--;
            return;
        }
        if (socket.state == OpenSocket.State.READY) {
            connection.client.ready--;
            driver.recorder().disconnects++;
        } else {
            opening--;
        }
        connection.socket = null;
        try {
            socket.link.close();
        } catch (IOException e) {
            driver.recorder().countError("while closing: " + ConnectFailure.reason(e));
        }
    }

    @Override
    public void reopen(Client client) {
        for (Connection connection : client.connections) {
            close(connection);
            open(connection);
        }
    }

    @Override
    public void close() throws IOException {
        for (Client client : driver.clients()) {
            for (Connection connection : client.connections) {
                if (connection.socket != null) {
                    close(connection);
                }
            }
        }
        selector.close();
    }
}
