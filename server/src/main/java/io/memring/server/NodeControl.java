package io.memring.server;

import io.memring.server.dispatch.Logins;
import io.memring.server.dispatch.Node;
import io.memring.server.dispatch.PrefixStats;
import io.memring.server.dispatch.StatsSink;
import io.memring.server.tls.TlsContexts;
import io.memring.server.tls.TlsFileException;

import org.jspecify.annotations.Nullable;

/** What clients may ask of the node itself. Any thread. */
final class NodeControl implements Node {

    /**
     * The version of memcached whose behaviour this is; clients look at it to know what they may
     * send.
     */
    static final String VERSION = "1.6.45";

    private final NodeParts node;
    private final ShutdownRequest shutdown;
    private final PrefixStats prefixStats;
    private volatile int verbosity;

    /** What happens when a client stops the node; must not block. */
    @FunctionalInterface
    interface ShutdownRequest {
        void request(boolean graceful);
    }

    NodeControl(NodeParts node, ShutdownRequest shutdown) {
        this.node = node;
        this.shutdown = shutdown;
        this.verbosity = node.config().verbosity();
        this.prefixStats = new PrefixStats(node.config().prefixes());
    }

    @Override
    public String version() {
        return VERSION;
    }

    @Override
    public boolean flushEnabled() {
        return node.config().commands().flush();
    }

    @Override
    public boolean shutdownEnabled() {
        return node.config().commands().shutdown();
    }

    @Override
    public boolean dumpEnabled() {
        return node.config().commands().dump();
    }

    @Override
    public boolean debugCommands() {
        return node.config().commands().debug();
    }

    @Override
    public void shutdown(boolean graceful) {
        shutdown.request(graceful);
    }

    @Override
    public @Nullable String refreshCertificates() {
        TlsContexts tls = node.tls();
        if (tls == null) {
            return "Error TLS not enabled";
        }
        try {
            tls.reload();
            return null;
        } catch (TlsFileException e) {
            return e.wireLine();
        }
    }

    @Override
    public void verbosity(int level) {
        verbosity = level;
    }

    @Override
    public void advanceClock(int seconds) {
        node.clock().advance(seconds);
    }

    @Override
    public void pauseClock(boolean paused) {
        if (paused) {
            node.clock().pause();
        } else {
            node.clock().resume();
        }
    }

    @Override
    public @Nullable Logins logins() {
        return node.loginFiles().logins();
    }

    @Override
    public void writeStats(StatsSink sink) {
        GeneralStats.write(node, sink);
    }

    @Override
    public void writeSettings(StatsSink sink) {
        SettingsStats.write(node, verbosity, prefixStats.isEnabled(), sink);
    }

    @Override
    public PrefixStats prefixStats() {
        return prefixStats;
    }

    @Override
    public void writeConnections(StatsSink sink) {
        ConnectionStats.write(node, sink);
    }

    @Override
    public void resetStats() {
        node.engine().resetStats();
        node.workers().resetCounts();
        node.limit().resetStats();
        node.listeners().resetStats();
        prefixStats.reset();
        TlsContexts tls = node.tls();
        if (tls != null) {
            tls.counters().reset();
        }
    }
}
