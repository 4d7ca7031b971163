package io.memring.server;

import io.memring.server.connection.Worker;
import io.memring.server.dispatch.LateLogger;
import io.memring.server.tls.TlsContexts;
import io.memring.server.tls.TlsMode;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.ServerChannel;
import io.netty.channel.ServerChannelRecvByteBufAllocator;
import io.netty.util.AttributeKey;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * The sockets that a node listens on, and whether they accept connections at the moment: they pause
 * while there are too many connections (unless these are turned away), and for a moment when
 * accepting fails. Any thread.
 */
final class Listeners {

    private static final LateLogger LOG = new LateLogger(Listeners.class);

    /** How long new connections are left alone when one could not be accepted. */
    private static final int MOMENT_MILLIS = 10;

    /**
     * As many connections are accepted one after the other, before the connections of the worker
     * whose loop it is are looked at again.
     */
    private static final int MAX_ACCEPTS = 16;

    private static final int MAX_DATAGRAM = 64 << 10;

    private static final AttributeKey<SocketAddress> WANTED_ADDRESS =
            AttributeKey.valueOf(Listeners.class, "wantedAddress");

    private enum PauseReason {
        TOO_MANY_CONNECTIONS,
        ACCEPT_FAILED
    }

    private final ListenConfig config;
    private final NettyTransport transport;
    private final ByteBufAllocator buffers;
    private final WorkerPool workers;
    private final ConnectionLimit limit;
    private final @Nullable TlsContexts tls;
    private final List<Channel> channels = new CopyOnWriteArrayList<>();

    private final List<Channel> udpSockets = new CopyOnWriteArrayList<>();

    /** The sockets are closed or about to be; guarded by this. */
    private boolean closed;

    /** The last attempt to accept a connection has failed. */
    private volatile boolean acceptFails;

    /** Why the listeners pause; guarded by this object, as are the figures below. */
    private final Set<PauseReason> pauseReasons = EnumSet.noneOf(PauseReason.class);

    private long pausedSinceNanos;
    private long pausedNanos;
    private long pauses;

    Listeners(
            ListenConfig config,
            NettyTransport transport,
            ByteBufAllocator buffers,
            WorkerPool workers,
            ConnectionLimit limit,
            @Nullable TlsContexts tls) {
        this.config = config;
        this.transport = transport;
        this.buffers = buffers;
        this.workers = workers;
        this.limit = limit;
        this.tls = tls;
    }

    /** Binds everything that the configuration names; connections are accepted from then on. */
    void open() {
        Path path = config.unixSocket();
        if (path != null) {
            openUnix(path);
        }
        for (ListenAddress address : config.addresses()) {
            openTcp(address);
        }
        for (ListenAddress address : config.udpAddresses()) {
            openUdp(address);
        }
    }

    /** Closes the sockets; connections stay. */
    void close() {
        synchronized (this) {
            closed = true; // A connection that goes now resumes nothing: the loop may be gone.
        }
        channels.forEach(channel -> channel.close().awaitUninterruptibly());
        udpSockets.forEach(channel -> channel.close().awaitUninterruptibly());
    }

    /** What connections are accepted from, unix sockets among it. */
    List<Channel> tcpSockets() {
        return channels;
    }

    List<Channel> udpSockets() {
        return udpSockets;
    }

    /** The TCP addresses listened on, with the ports that the system chose. */
    List<InetSocketAddress> tcpAddresses() {
        return internetAddresses(channels);
    }

    /** The UDP addresses listened on, likewise. */
    List<InetSocketAddress> udpAddresses() {
        return internetAddresses(udpSockets);
    }

    private static List<InetSocketAddress> internetAddresses(List<Channel> channels) {
        return channels.stream()
                .map(Channel::localAddress)
                .filter(InetSocketAddress.class::isInstance)
                .map(InetSocketAddress.class::cast)
                .toList();
    }

    /** The port of the first TCP listener; 0 when there is none. */
    int firstPort() {
        return firstPort(tcpAddresses());
    }

    /** The port of the first UDP socket; 0 when there is none. */
    int firstUdpPort() {
        return firstPort(udpAddresses());
    }

    private static int firstPort(List<InetSocketAddress> addresses) {
        return addresses.isEmpty() ? 0 : addresses.getFirst().getPort();
    }

    private void openUnix(Path path) {
        try {
            removeStaleSocket(path);
            FileModeMask.run(
                    config.unixMask(),
                    () ->
                            bind(
                                    transport.newUnixListener(),
                                    transport.unixAddress(path),
                                    Reception.OF_UNIX_SOCKETS));
        } catch (IOException e) {
            throw cannotListen(path.toString(), e);
        }
    }

    /**
     * Makes room where a node that was killed has left its socket; other files are none of ours.
     */
    private static void removeStaleSocket(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .isOther()) {
            throw new IOException("the file exists and is no socket");
        }
        Files.delete(path);
    }

    private void openTcp(ListenAddress wanted) {
        Reception reception = reception(wanted);
        openInternet(wanted, address -> bind(transport.newTcpListener(), address, reception));
    }

    private void openUdp(ListenAddress wanted) {
        Reception reception = reception(wanted);
        openInternet(wanted, address -> bindUdp(address, reception));
    }

    private Reception reception(ListenAddress address) {
        AllowList allowed = config.allowed().forTag(address.tag());
        return new Reception(address.tls(), address.binding(), allowed);
    }

    /** Binds a socket. */
    @FunctionalInterface
    private interface Binder {
        Channel bind(SocketAddress address) throws IOException;
    }

    /** One name may have several addresses; one that can be listened on is enough. */
    private static void openInternet(ListenAddress wanted, Binder binder) {
        int port = wanted.port();
        int opened = 0;
        IOException failure = null;
        for (InetAddress address : resolve(wanted)) {
            try {
                Channel channel = binder.bind(new InetSocketAddress(address, port));
                port = ((InetSocketAddress) channel.localAddress()).getPort();
                opened++;
            } catch (IOException e) {
                failure = e;
            }
            if (opened > 0 && wanted.host() == null) {
                return; // The first one takes in every address of the machine.
            }
        }
        if (opened == 0 && failure != null) {
            throw cannotListen(wanted.toString(), failure);
        }
    }

    private static List<InetAddress> resolve(ListenAddress wanted) {
        try {
            return wanted.host() == null
                    ? List.of(InetAddress.getByName("::"), InetAddress.getByName("0.0.0.0"))
                    : List.of(InetAddress.getAllByName(wanted.host()));
        } catch (UnknownHostException _) {
            throw new InvalidOptionException("-l " + wanted.host() + ": no such host");
        }
    }

    private Channel bind(ServerChannel channel, SocketAddress address, Reception reception)
            throws IOException {
        channel.config().setOption(ChannelOption.SO_BACKLOG, config.backlog());
        channel.config().setOption(ChannelOption.SO_REUSEADDR, true);
        channel.config().setRecvByteBufAllocator(acceptsOfAPass());
        channel.pipeline()
                .addLast(new Acceptor(this, workers, limit, config.rejectOverLimit(), reception));
        bind(channel, address, workers.listenerLoop());
        channels.add(channel);
        return channel;
    }

    /** Left to itself, Netty goes round the whole event loop for each connection. */
    private static RecvByteBufAllocator acceptsOfAPass() {
        return new ServerChannelRecvByteBufAllocator()
                .respectMaybeMoreData(false)
                .maxMessagesPerRead(MAX_ACCEPTS);
    }

    private static void bind(Channel channel, SocketAddress address, EventLoop loop)
            throws IOException {
        Throwable cause = loop.register(channel).awaitUninterruptibly().cause();
        if (cause == null) {
            cause = channel.bind(address).awaitUninterruptibly().cause();
        }
        if (cause != null) {
            channel.close().awaitUninterruptibly();
            throw cause instanceof IOException e ? e : new IOException(cause);
        }
        channel.attr(WANTED_ADDRESS).set(address);
    }

    /**
     * Where a socket listens, as it was asked to: bound to every IPv4 address, some transports show
     * the IPv6 address that takes these in.
     */
    static @Nullable SocketAddress address(Channel listener) {
        SocketAddress shown = listener.localAddress();
        SocketAddress wanted = listener.attr(WANTED_ADDRESS).get();
        return shown instanceof InetSocketAddress bound
                        && wanted instanceof InetSocketAddress asked
                        && asked.getAddress().isAnyLocalAddress()
                ? new InetSocketAddress(asked.getAddress(), bound.getPort())
                : shown;
    }

    private Channel bindUdp(SocketAddress address, Reception reception) throws IOException {
        Worker worker = workers.worker(udpSockets.size() % workers.size());
        Channel channel = transport.newUdpSocket();
        channel.config().setAllocator(buffers);
        channel.config().setRecvByteBufAllocator(new FixedRecvByteBufAllocator(MAX_DATAGRAM));
        channel.pipeline()
                .addLast(
                        worker.newUdpPort(
                                channel,
                                config.udp(),
                                reception.binding(),
                                reception.allowed()::allows));
        bind(channel, address, worker.loop());
        udpSockets.add(channel);
        return channel;
    }

    private static UncheckedIOException cannotListen(String address, IOException cause) {
        return new UncheckedIOException(
                "cannot listen on " + address + ": " + cause.getMessage(), cause);
    }

    // Pausing.

    /** Stops accepting while the limit is reached. */
    synchronized void pauseAtLimit() {
        pause(PauseReason.TOO_MANY_CONNECTIONS);
        resumeBelowLimit(); // A connection may have gone before it could know.
    }

    /** Goes on accepting when a connection has gone. */
    synchronized void resumeBelowLimit() {
        if (!limit.isReached()) {
            resume(PauseReason.TOO_MANY_CONNECTIONS);
        }
    }

    /** A connection could not be accepted, most likely for want of a descriptor. */
    synchronized void pauseForAMoment(Throwable cause) {
        if (!acceptFails) {
            acceptFails = true;
            LOG.log(Level.WARNING, "cannot accept connections: {0}", cause.getMessage());
        }
        if (pause(PauseReason.ACCEPT_FAILED)) {
            var _ =
                    workers.listenerLoop()
                            .schedule(
                                    this::resumeAfterMoment, MOMENT_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private synchronized void resumeAfterMoment() {
        resume(PauseReason.ACCEPT_FAILED);
    }

    /** A connection has been accepted; the next failure is worth a line in the log again. */
    void accepted() {
        if (acceptFails) {
            acceptFails = false;
            LOG.log(Level.INFO, "connections are accepted again");
        }
    }

    /** False when the listeners paused for this reason already. */
    private boolean pause(PauseReason reason) {
        if (pauseReasons.isEmpty()) {
            pauses++;
            pausedSinceNanos = System.nanoTime();
            setAccepting(false);
        }
        return pauseReasons.add(reason);
    }

    private void resume(PauseReason reason) {
        if (pauseReasons.remove(reason) && pauseReasons.isEmpty()) {
            pausedNanos += System.nanoTime() - pausedSinceNanos;
            setAccepting(true);
        }
    }

    private void setAccepting(boolean accepting) {
        if (!closed) {
            channels.forEach(channel -> channel.config().setAutoRead(accepting));
        }
    }

    /**
     * Sets what every connection that is accepted here starts with.
     *
     * @param sharedReads where the worker of the connection lets all of its connections read to
     */
    void configure(Channel connection, RecvByteBufAllocator sharedReads, TlsMode tlsMode) {
        ChannelConfig options = connection.config();
        options.setAllocator(buffers);
        transport.configure(connection, sharedReads);
        if (config.unixSocket() == null) {
            options.setOption(ChannelOption.TCP_NODELAY, true);
            options.setOption(ChannelOption.SO_KEEPALIVE, true);
        }
        if (tls != null && tlsMode != TlsMode.OFF) {
            tls.addHandlers(connection.pipeline(), buffers, tlsMode);
        }
    }

    @Override
    public String toString() {
        return config.unixSocket() == null
                ? tcpAddresses().toString()
                : String.valueOf(config.unixSocket());
    }

    int count() {
        return channels.size();
    }

    synchronized boolean isAccepting() {
        return pauseReasons.isEmpty();
    }

    synchronized long pauses() {
        return pauses;
    }

    synchronized long pausedMicros() {
        long current = pauseReasons.isEmpty() ? 0 : System.nanoTime() - pausedSinceNanos;
        return TimeUnit.NANOSECONDS.toMicros(pausedNanos + current);
    }

    synchronized void resetStats() {
        pauses = 0;
        pausedNanos = 0;
    }
}
