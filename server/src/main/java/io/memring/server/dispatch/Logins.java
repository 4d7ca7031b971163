package io.memring.server.dispatch;

import io.memring.protocol.binary.BinaryRequestDecoder;
import io.memring.sasl.Credentials;
import io.memring.sasl.FailureLimiter;
import io.memring.sasl.SaslServers;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * What a node needs to let its clients log in. Checking takes milliseconds, so it is done by a few
 * threads of its own. Any thread.
 */
public final class Logins implements AutoCloseable {
    private static final int THREADS = 2;
    private static final long END_SECONDS = 10;

    /** Logins that wait; beyond this they are refused at once. */
    private static final int MAX_WAITING = 1024;

    private final @Nullable Credentials text;
    private final @Nullable SaslServers sasl;
    private final FailureLimiter limiter;
    private final ExecutorService threads;

    /**
     * @param text who may log in with the text protocol; null for nobody
     * @param sasl how clients of the binary protocol log in; null when none can
     */
    public Logins(@Nullable Credentials text, @Nullable SaslServers sasl, FailureLimiter limiter) {
        this(text, sasl, limiter, newThreads(text != null || sasl != null));
    }

    /**
     * @param threads what checks logins; closed with this
     */
    Logins(
            @Nullable Credentials text,
            @Nullable SaslServers sasl,
            FailureLimiter limiter,
            ExecutorService threads) {
        this.text = text;
        this.sasl = sasl;
        this.limiter = limiter;
        this.threads = threads;
    }

    /**
     * On Linux, a thread inherits from the one that starts it how it is scheduled and where. What
     * fits a worker does not fit these, so no worker starts them.
     */
    private static ExecutorService newThreads(boolean needed) {
        ThreadPoolExecutor threads =
                new ThreadPoolExecutor(
                        THREADS,
                        THREADS,
                        0,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(MAX_WAITING),
                        Logins::newThread);
        if (needed) {
            threads.prestartAllCoreThreads();
        }
        return threads;
    }

    private static Thread newThread(Runnable task) {
        Thread thread = new Thread(task, "memring-login");
        thread.setDaemon(true);
        return thread;
    }

    /** The session that a client begins with, if it has one before it has logged in. */
    public @Nullable ProtocolSession firstSession(boolean binary, LoginHost host, ReplyBuffer out) {
        if (binary) {
            return sasl == null ? new NoSession() : null;
        }
        return text == null ? new NoSession() : new TextLogin(text, new LoginGate(this, host), out);
    }

    /** The login of a client of the binary protocol; null when nobody can log in with it. */
    @Nullable BinaryLogin binaryLogin(
            LoginHost host, BinaryRequestDecoder decoder, ReplyBuffer out) {
        return sasl == null
                ? null
                : new BinaryLogin(sasl, new LoginGate(this, host), host, decoder, out);
    }

    FailureLimiter limiter() {
        return limiter;
    }

    /** False when too many are waiting. */
    boolean run(Runnable check) {
        try {
            threads.execute(check);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    /** Lets logins that are under way end, and no others begin. */
    @Override
    public void close() {
        threads.shutdownNow();
        try {
            boolean _ = threads.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
