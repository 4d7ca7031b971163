package io.memring.server.fuzz;

import org.jspecify.annotations.Nullable;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Keeps the first failure that a connection has logged, which ends nothing but the connection. */
final class FailureWatch extends Handler {
    /** Kept: loggers that nobody refers to forget their settings. */
    private static final Logger LOGGER = Logger.getLogger("io.memring");

    private @Nullable LogRecord first;

    private FailureWatch() {
        setLevel(Level.SEVERE);
    }

    /** Watches from now on; other messages are not shown meanwhile. */
    static FailureWatch begin() {
        FailureWatch watch = new FailureWatch();
        LOGGER.setUseParentHandlers(false);
        LOGGER.addHandler(watch);
        return watch;
    }

    @Override
    public void publish(LogRecord record) {
        if (first == null && isLoggable(record)) {
            first = record;
        }
    }

    void check() {
        LogRecord failure = first;
        if (failure != null) {
            throw new AssertionError(failure.getMessage(), failure.getThrown());
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        LOGGER.removeHandler(this);
        LOGGER.setUseParentHandlers(true);
    }
}
