package io.memring.server;

import io.memring.server.dispatch.LateLogger;

import java.lang.System.Logger.Level;
import java.net.SocketAddress;
import java.util.concurrent.TimeUnit;

/** Tells about clients that were refused, with few lines however many there are. On one loop. */
final class RefusalLog {

    private static final LateLogger LOG = new LateLogger(RefusalLog.class);
    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(10);

    private boolean quiet;
    private long lastLineNanos;
    private long untold;

    void refused(SocketAddress client) {
        long now = System.nanoTime();
        if (quiet && now - lastLineNanos < INTERVAL_NANOS) {
            untold++;
            return;
        }
        LOG.log(
                Level.WARNING,
                "refused {0}, which may not connect ({1} more since the last such line)",
                client,
                untold);
        quiet = true;
        lastLineNanos = now;
        untold = 0;
    }
}
