package io.memring.server.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/**
 * The certificates that new connections are met with, and their replacement while the node runs:
 * connections keep what they began with, a set of files that is broken changes nothing. Any thread.
 */
public final class TlsContexts implements AutoCloseable {

    private static final Logger LOG = System.getLogger(TlsContexts.class.getName());

    private static final String THREAD_NAME = "memring-tls-";

    /** Threads for the costly parts of handshakes. */
    private static final int TASK_THREADS = 2;

    private static final int WATCH_SECONDS = 1;

    private final TlsConfig config;
    private final TlsFiles files;
    private final ContextFactory factory;
    private final IntSupplier clockSeconds;
    private final List<TlsMode> modes;
    private final TlsCounters counters = new TlsCounters();
    private final ScheduledThreadPoolExecutor tasks;

    /** One for each mode in use; guarded by this object, as are the two below. */
    private Map<TlsMode, SslContext> contexts = Map.of();

    private List<String> loadedStamp = List.of();
    private List<String> lastStamp = List.of();

    private volatile int refreshedSecond;

    private TlsContexts(TlsConfig config, Collection<TlsMode> modes, IntSupplier clockSeconds)
            throws TlsFileException {
        this.config = config;
        this.files = new TlsFiles(config);
        this.factory = new ContextFactory(config);
        this.modes = modes.stream().filter(mode -> mode != TlsMode.OFF).distinct().toList();
        this.clockSeconds = clockSeconds;
        this.tasks = new ScheduledThreadPoolExecutor(TASK_THREADS, daemonThreads());
        tasks.prestartAllCoreThreads(); // Not by a worker: they would be scheduled as that one is.
    }

    private static ThreadFactory daemonThreads() {
        AtomicInteger next = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, THREAD_NAME + next.getAndIncrement());
            thread.setDaemon(true);
            return thread;
        };
    }

    /**
     * Loads the certificates and begins to watch their files.
     *
     * @param modes of all listeners
     * @param clockSeconds the node's clock
     */
    public static TlsContexts open(
            TlsConfig config, Collection<TlsMode> modes, IntSupplier clockSeconds)
            throws TlsFileException {
        TlsContexts opened = new TlsContexts(config, modes, clockSeconds);
        try {
            opened.reload();
        } catch (TlsFileException | RuntimeException e) {
            opened.close();
            throw e;
        }
        var _ =
                opened.tasks.scheduleWithFixedDelay(
                        opened::reloadIfChanged, WATCH_SECONDS, WATCH_SECONDS, TimeUnit.SECONDS);
        return opened;
    }

    /** Puts the handlers of a new connection into its empty pipeline. */
    public void addHandlers(ChannelPipeline pipeline, ByteBufAllocator allocator, TlsMode mode) {
        SslHandler tls = newHandler(allocator, mode);
        tls.setHandshakeTimeout(config.handshakeTimeoutSeconds(), TimeUnit.SECONDS);
        tls.setWrapDataSize(config.recordSize());
        ChannelHandler monitor = new TlsMonitor(tls, counters);
        pipeline.addLast(tls, monitor);
    }

    /** A handler keeps its context alive, even when that has been replaced a moment later. */
    private synchronized SslHandler newHandler(ByteBufAllocator allocator, TlsMode mode) {
        SslContext context = contexts.get(mode);
        if (context == null) {
            throw new IllegalStateException("no listener was to have mode " + mode);
        }
        return context.newHandler(allocator, tasks);
    }

    /** Reads the files anew; when they are broken, what was loaded before stays. */
    public void reload() throws TlsFileException {
        List<String> stamp = files.stamp();
        Map<TlsMode, SslContext> fresh = build(files.read());
        synchronized (this) {
            Map<TlsMode, SslContext> replaced = contexts;
            contexts = fresh;
            loadedStamp = stamp;
            release(replaced);
        }
        refreshedSecond = clockSeconds.getAsInt();
    }

    private Map<TlsMode, SslContext> build(Certificates certificates) throws TlsFileException {
        Map<TlsMode, SslContext> built = new EnumMap<>(TlsMode.class);
        try {
            for (TlsMode mode : modes) {
                built.put(mode, factory.newContext(mode, certificates));
            }
            return built;
        } catch (TlsFileException | RuntimeException e) {
            release(built);
            throw e;
        }
    }

    private static void release(Map<TlsMode, SslContext> contexts) {
        contexts.values().forEach(ReferenceCountUtil::release);
    }

    /** Loads files that have changed and have stayed as they are since the last look. */
    private void reloadIfChanged() {
        try {
            if (haveSettledAnew(files.stamp())) {
                reload();
                LOG.log(Level.INFO, "certificates reloaded");
            }
        } catch (TlsFileException e) {
            LOG.log(Level.WARNING, "certificates not reloaded: {0}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "certificates not reloaded", e);
        }
    }

    private synchronized boolean haveSettledAnew(List<String> stamp) {
        boolean settled = stamp.equals(lastStamp);
        lastStamp = stamp;
        if (!settled || stamp.equals(loadedStamp)) {
            return false;
        }
        loadedStamp = stamp; // Broken or not, they are looked at once.
        return true;
    }

    /** Seconds since the certificates were loaded. */
    public int secondsSinceRefresh() {
        return clockSeconds.getAsInt() - refreshedSecond;
    }

    public TlsCounters counters() {
        return counters;
    }

    /** The name and version of who does the cryptography. */
    public String providerName() {
        return factory.providerName();
    }

    /** Ends the threads; connections that are still open keep what they have. */
    @Override
    public void close() {
        tasks.close();
        synchronized (this) {
            release(contexts);
            contexts = Map.of();
        }
    }
}
