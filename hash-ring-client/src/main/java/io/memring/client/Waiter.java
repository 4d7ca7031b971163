package io.memring.client;

import io.memring.client.connection.Network;
import io.memring.client.error.MemcacheException;
import io.memring.client.error.OperationInterruptedException;
import io.memring.client.error.Origin;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Waits for results; a virtual thread does so without occupying another one. */
final class Waiter {
    private final Network network;

    Waiter(Network network) {
        this.network = network;
    }

    <T extends @Nullable Object> T await(CompletableFuture<T> future) {
        if (!future.isDone() && network.isOnLoop()) {
            throw new IllegalStateException(
                    "an event loop must not wait for what it has to bring; use an executor");
        }
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            future.cancel(false);
            throw new OperationInterruptedException(Origin.local("wait"), e);
        } catch (ExecutionException e) {
            throw rethrown(e);
        }
    }

    private static RuntimeException rethrown(ExecutionException e) {
        if (e.getCause() instanceof MemcacheException failure) {
            // The failure was made on an event loop; this tells who waited for it.
            failure.addSuppressed(new CallSite());
            return failure;
        }
        if (e.getCause() instanceof RuntimeException failure) {
            return failure;
        }
        if (e.getCause() instanceof Error error) {
            throw error;
        }
        CancellationException cancelled = new CancellationException("failed: " + e.getCause());
        cancelled.initCause(e.getCause());
        return cancelled;
    }

    /** Where a thread waited for an operation. */
    private static final class CallSite extends Exception {
        private static final long serialVersionUID = 1L;

        CallSite() {
            super("waited for here");
        }
    }
}
