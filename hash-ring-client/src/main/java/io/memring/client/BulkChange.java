package io.memring.client;

import io.memring.client.error.MemcacheException;
import io.memring.client.error.Origin;
import io.memring.client.error.ProtocolException;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Collects the results of changes to many items, and is done with the last of them. */
final class BulkChange<R> {
    private final Map<String, R> results;
    private final Map<String, MemcacheException> failures = new HashMap<>();
    private final CompletableFuture<BulkOutcome<R>> done = new CompletableFuture<>();

    /** One more than there are changes to come, so that it cannot end before all are added. */
    private int left = 1;

    BulkChange(int size) {
        results = new HashMap<>(size * 2);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // Failures are collected.
    void add(String key, CompletableFuture<R> change) {
        synchronized (this) {
            left++;
        }
        change.whenComplete(
                (result, failure) -> {
                    synchronized (this) {
                        if (failure == null) {
                            results.put(key, result);
                        } else {
                            failures.put(key, reason(failure));
                        }
                    }
                    countDown();
                });
    }

    CompletableFuture<BulkOutcome<R>> result() {
        countDown();
        return done;
    }

    private void countDown() {
        boolean last;
        synchronized (this) {
            left--;
            last = left == 0;
        }
        if (last) {
            done.complete(new BulkOutcome<>(results, failures));
        }
    }

    static MemcacheException reason(@Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof MemcacheException known
                ? known
                : new ProtocolException(Origin.local("bulk"), "failed: " + cause, cause);
    }
}
