package io.memring.client.pattern;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/** Collects what many look-ups have to load, and loads it at once. What comes later goes alone. */
final class Batch<K, V> implements Loading<K, V> {
    private final BulkLoader<K, V> loader;
    private final Executor executor;
    private final Loading<K, V> alone;

    /** Guarded by this; null when it has been loaded. */
    private @Nullable Map<K, CompletableFuture<Optional<V>>> collected = new LinkedHashMap<>();

    Batch(BulkLoader<K, V> loader, Executor executor, Loading<K, V> alone) {
        this.loader = loader;
        this.executor = executor;
        this.alone = alone;
    }

    @Override
    public CompletableFuture<Optional<V>> load(K id, String key) {
        synchronized (this) {
            if (collected != null) {
                return collected.computeIfAbsent(id, same -> new CompletableFuture<>());
            }
        }
        return alone.load(id, key);
    }

    /** Loads what has been collected. */
    void run() {
        Map<K, CompletableFuture<Optional<V>>> all;
        synchronized (this) {
            all = collected == null ? Map.of() : new HashMap<>(collected);
            collected = null;
        }
        if (!all.isEmpty()) {
            start(all);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // Its outcome is handed on.
    private void start(Map<K, CompletableFuture<Optional<V>>> all) {
        Set<K> ids = new LinkedHashSet<>(all.keySet());
        try {
            CompletableFuture.supplyAsync(() -> loadAll(ids), executor)
                    .whenComplete((loaded, failure) -> handOn(all, loaded, failure));
        } catch (RuntimeException e) {
            handOn(all, null, new LoadFailedException(ids.toString(), e));
        }
    }

    private Map<K, V> loadAll(Set<K> ids) {
        try {
            return loader.loadAll(ids);
        } catch (Exception e) { // Whatever the application's loader throws.
            throw new LoadFailedException(ids.toString(), e);
        }
    }

    private static <K, V> void handOn(
            Map<K, CompletableFuture<Optional<V>>> all,
            @Nullable Map<K, V> loaded,
            @Nullable Throwable failure) {
        if (loaded != null) {
            all.forEach((id, waiting) -> waiting.complete(Optional.ofNullable(loaded.get(id))));
        } else {
            Throwable why = failure == null ? new NullPointerException("no map") : failure;
            Throwable cause = why instanceof CompletionException ? why.getCause() : why;
            all.forEach((id, waiting) -> waiting.completeExceptionally(cause));
        }
    }
}
