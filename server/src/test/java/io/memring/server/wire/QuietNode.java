package io.memring.server.wire;

import io.memring.server.connection.DirectReads;
import io.memring.server.connection.WorkerLoop;
import io.memring.server.dispatch.Logins;
import io.memring.server.dispatch.PrefixConfig;
import io.memring.server.dispatch.PrefixStats;
import io.memring.server.dispatch.StatsSink;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;

import org.jspecify.annotations.Nullable;

/** A node that allows everything, does nothing, and has one statistic. */
public final class QuietNode implements io.memring.server.dispatch.Node {
    private final PrefixStats prefixStats = new PrefixStats(PrefixConfig.DEFAULT);
    private final @Nullable Logins logins;

    /**
     * @param logins how clients log in; null when everybody may come in
     */
    public QuietNode(@Nullable Logins logins) {
        this.logins = logins;
    }

    /** For a worker whose loop has no sockets: the test feeds its channels. */
    public static WorkerLoop loop(EventLoop events) {
        IoHandlerFactory noSockets =
                _ -> {
                    throw new IllegalStateException("a loop with sockets");
                };
        return new WorkerLoop(events, new DirectReads(noSockets, UnpooledByteBufAllocator.DEFAULT));
    }

    @Override
    public String version() {
        return "1.2.3";
    }

    @Override
    public boolean flushEnabled() {
        return true;
    }

    @Override
    public boolean shutdownEnabled() {
        return true;
    }

    @Override
    public boolean dumpEnabled() {
        return true;
    }

    @Override
    public boolean debugCommands() {
        return true;
    }

    @Override
    public void shutdown(boolean graceful) {}

    @Override
    public @Nullable String refreshCertificates() {
        return null;
    }

    @Override
    public void verbosity(int level) {}

    @Override
    public void advanceClock(int seconds) {}

    @Override
    public void pauseClock(boolean paused) {}

    @Override
    public @Nullable Logins logins() {
        return logins;
    }

    @Override
    public void writeStats(StatsSink sink) {
        sink.stat("pid", "1");
    }

    @Override
    public void writeSettings(StatsSink sink) {
        sink.stat("maxconns", "1");
    }

    @Override
    public PrefixStats prefixStats() {
        return prefixStats;
    }

    @Override
    public void resetStats() {}

    @Override
    public void writeConnections(StatsSink sink) {}
}
