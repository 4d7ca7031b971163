package io.memring.server;

import io.memring.engine.CacheEngine;
import io.memring.engine.CoarseClock;
import io.memring.server.dispatch.LateLogger;
import io.memring.server.tls.TlsContexts;
import io.memring.server.tls.TlsFileException;
import io.memring.server.tls.TlsMode;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;

import org.jspecify.annotations.Nullable;

import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A running node.
 *
 * <pre>{@code
 * try (MemringServer server = MemringServer.builder().port(0).memoryLimitMegabytes(16).start()) {
 *     connectTo(server.address());
 * }
 * }</pre>
 *
 * <p>Any thread may use it, except that {@link #close()} must not be called from a node's own
 * worker thread.
 */
public final class MemringServer implements AutoCloseable {

    private static final LateLogger LOG = new LateLogger(MemringServer.class);

    /** How long a stopping node waits for clients to take their replies. */
    private static final long DRAIN_MILLIS = 3_000;

    /** How long the threads may take to end after that. */
    private static final long TERMINATION_MILLIS = 5_000;

    /** Of Netty's allocator: pages of 8 KiB, doubled so often, are a chunk of 2 MiB. */
    private static final int CHUNK_ORDER = 8;

    private final NodeParts parts;
    private final NodeControl.ShutdownRequest stopListener;
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    private MemringServer(NodeParts parts, NodeControl.ShutdownRequest stopListener) {
        this.parts = parts;
        this.stopListener = stopListener;
    }

    /** A node with memcached's defaults, to be changed. */
    public static ServerBuilder builder() {
        return new ServerBuilder();
    }

    /** Starts a node; it accepts connections when this returns. */
    static MemringServer start(ServerConfig config) {
        return start(config, _ -> {});
    }

    /**
     * Starts a node.
     *
     * @param stopListener is told when the node is asked to stop; must not block
     */
    static MemringServer start(ServerConfig config, NodeControl.ShutdownRequest stopListener) {
        LoginFiles loginFiles = LoginFiles.open(config.auth());
        NettyTransport transport = NettyTransport.choose(config.listen().transport());
        ByteBufAllocator buffers = newAllocator(config.engine().workers());
        CoarseClock clock = new CoarseClock();
        CacheEngine engine = CacheEngine.open(config.engine(), clock);
        WorkerPool workers = null;
        TlsContexts tls = null;
        try {
            tls = openTls(config, clock);
            workers =
                    new WorkerPool(
                            config.engine().workers(),
                            transport.ioHandlerFactory(buffers),
                            buffers);
            ConnectionLimit limit = new ConnectionLimit(config.listen().maxConnections());
            Listeners listeners =
                    new Listeners(config.listen(), transport, buffers, workers, limit, tls);
            NodeParts parts =
                    new NodeParts(
                            config.withEngine(engine.config()),
                            transport,
                            engine,
                            clock,
                            workers,
                            limit,
                            listeners,
                            tls,
                            loginFiles);
            MemringServer server = new MemringServer(parts, stopListener);
            server.open();
            return server;
        } catch (RuntimeException | Error e) {
            loginFiles.close();
            release(workers, tls, engine);
            throw e;
        }
    }

    private static @Nullable TlsContexts openTls(ServerConfig config, CoarseClock clock) {
        if (!config.tls().enabled()) {
            return null;
        }
        List<TlsMode> modes = config.listen().addresses().stream().map(ListenAddress::tls).toList();
        try {
            return TlsContexts.open(config.tls(), modes, clock::nowSeconds);
        } catch (TlsFileException e) {
            throw new InvalidOptionException("-o " + e.subject().option(), e.value(), e.reason());
        }
    }

    /**
     * Buffers of this node alone, an arena for each worker, so that they go with it. An arena's
     * memory comes in chunks, which are zeroed first: they are as small as they can be with room
     * for a value of the default limit and its header.
     */
    private static ByteBufAllocator newAllocator(int workers) {
        return new PooledByteBufAllocator(
                true,
                0,
                workers,
                PooledByteBufAllocator.defaultPageSize(),
                CHUNK_ORDER,
                PooledByteBufAllocator.defaultSmallCacheSize(),
                PooledByteBufAllocator.defaultNormalCacheSize(),
                false);
    }

    private void open() {
        NodeControl control = new NodeControl(parts, this::stop);
        parts.workers().start(parts.engine(), parts.config().connections(), control, parts.clock());
        try {
            parts.listeners().open();
        } catch (RuntimeException | Error e) {
            parts.listeners().close();
            throw e;
        }
        if (parts.config().verbosity() > 0) {
            LOG.log(
                    Level.INFO,
                    "listening on {0} with {1}",
                    parts.listeners(),
                    parts.transport().name());
            TlsContexts tls = parts.tls();
            if (tls != null) {
                LOG.log(Level.INFO, "TLS by {0}", tls.providerName());
            }
        }
    }

    /** The port of the first TCP listener; 0 when there is none. */
    public int port() {
        return parts.listeners().firstPort();
    }

    /** Where a client on this machine finds the node: the first TCP listener. */
    public InetSocketAddress address() {
        InetSocketAddress address = addresses().getFirst();
        return address.getAddress().isAnyLocalAddress()
                ? new InetSocketAddress(InetAddress.getLoopbackAddress(), address.getPort())
                : address;
    }

    /** The TCP addresses that the node listens on. */
    public List<InetSocketAddress> addresses() {
        return parts.listeners().tcpAddresses();
    }

    /** The UDP addresses that the node listens on. */
    public List<InetSocketAddress> udpAddresses() {
        return parts.listeners().udpAddresses();
    }

    /**
     * Loads the files anew that a running node may be told to: the certificates. Broken ones change
     * nothing and are logged.
     */
    void reload() {
        parts.loginFiles().reload();
        TlsContexts tls = parts.tls();
        if (tls != null) {
            try {
                tls.reload();
            } catch (TlsFileException e) {
                LOG.log(Level.WARNING, "certificates not reloaded: {0}", e.getMessage());
            }
        }
    }

    /** Stops the node in the background, as signals and the command {@code shutdown} do. */
    void stop(boolean graceful) {
        if (stopping.compareAndSet(false, true)) {
            stopListener.request(graceful);
            new Thread(this::shutDown, "memring-shutdown").start();
        }
    }

    /** Waits until the node has stopped. */
    void awaitClosed() {
        closed.join();
    }

    /**
     * Stops the node: no more connections, answers to all that has been received, and everything
     * given back. Returns when that is done; clients that do not read their replies are given up
     * after three seconds.
     */
    @Override
    public void close() {
        if (stopping.compareAndSet(false, true)) {
            shutDown();
        }
        awaitClosed();
    }

    private void shutDown() {
        try {
            parts.listeners().close();
            parts.workers().drainConnections();
            parts.limit().awaitNoneOpen(DRAIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // Whoever interrupts is in a hurry: do not drain.
        } finally {
            parts.loginFiles().close();
            release(parts.workers(), parts.tls(), parts.engine());
            closed.complete(null);
        }
    }

    /**
     * The engine's memory must outlive its workers, or a late one would touch memory that is gone.
     */
    private static void release(
            @Nullable WorkerPool workers, @Nullable TlsContexts tls, CacheEngine engine) {
        boolean ended = workers == null || workers.terminate(TERMINATION_MILLIS);
        if (tls != null) {
            tls.close(); // Its tasks are of use to workers only.
        }
        if (ended) {
            engine.close();
        } else {
            LOG.log(Level.ERROR, "a worker did not stop; its cache's memory is not given back");
        }
    }
}
