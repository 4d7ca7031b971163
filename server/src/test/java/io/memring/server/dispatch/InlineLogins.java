package io.memring.server.dispatch;

import io.memring.sasl.Credentials;
import io.memring.sasl.FailureLimiter;
import io.memring.sasl.SaslServers;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;

/** Logins that are checked at once, on the thread that asks. */
public final class InlineLogins extends AbstractExecutorService {

    public Logins of(Credentials text, SaslServers sasl, FailureLimiter limiter) {
        return new Logins(text, sasl, limiter, this);
    }

    @Override
    public void execute(Runnable check) {
        check.run();
    }

    @Override
    public void shutdown() {}

    @Override
    public List<Runnable> shutdownNow() {
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return true;
    }

    @Override
    public boolean isTerminated() {
        return true;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return true;
    }
}
