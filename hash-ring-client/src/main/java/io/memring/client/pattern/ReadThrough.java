package io.memring.client.pattern;

import io.memring.client.AsyncCommands;
import io.memring.client.HashRing;
import io.memring.client.Ttl;
import io.memring.client.codec.Codec;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A cache in front of a loader that runs once for many who ask.
 *
 * <pre>{@code
 * ReadThrough<Long, User> users =
 *         ReadThrough.over(client, userCodec, (Long id) -> "user:" + id)
 *                 .ttl(Duration.ofMinutes(10))
 *                 .refreshAhead(Duration.ofMinutes(1))
 *                 .negative(Duration.ofSeconds(30))
 *                 .build(id -> database.findUser(id));
 * Optional<User> user = users.get(42L);
 * }</pre>
 *
 * <p>While a value is loaded, an empty item without client flags stands for it. In the meta
 * protocol this client takes that for a miss, however it asks. Clients that use the classic or the
 * binary protocol see an empty value instead.
 *
 * <p>If the cache does not answer, values are loaded without it. Who asks after an invalidation in
 * the same JVM never gets a value from before it. Any number of threads may use one; make one for
 * each kind of value, as callers share look-ups only within it.
 *
 * @param <K> what is asked for
 * @param <V> the values
 */
@SuppressWarnings("FutureReturnValueIgnored") // What runs in the background is nobody's result.
public final class ReadThrough<K, V> {
    private final ReadThroughBuilder<K, V> settings;
    private final Loader<? super K, ? extends V> loader;
    private final AsyncCommands<V> cache;

    /**
     * Look-ups under way. A key leaves when its look-up is done, or is overtaken by a change;
     * whatever touches the near cache holds the key's bin of this map.
     */
    private final ConcurrentHashMap<String, CompletableFuture<Optional<V>>> flights =
            new ConcurrentHashMap<>();

    ReadThrough(ReadThroughBuilder<K, V> settings, Loader<? super K, ? extends V> loader) {
        this.settings = settings;
        this.loader = loader;
        this.cache = settings.client.async(settings.codec);
    }

    /** A builder. */
    public static <K, V> ReadThroughBuilder<K, V> over(
            HashRing client, Codec<V> codec, Function<K, String> keys) {
        return new ReadThroughBuilder<>(client, codec, keys);
    }

    /**
     * The value, from the cache or loaded.
     *
     * @throws LoadFailedException if the loader threw
     */
    public Optional<V> get(K id) {
        return joined(getAsync(id));
    }

    /** The same without waiting. Callers of one JVM that ask at the same time share the answer. */
    public CompletableFuture<Optional<V>> getAsync(K id) {
        return fetch(id, this::load, new ArrayList<>());
    }

    /**
     * The values of many, all looked up at once; those without one are left out. What has to be
     * loaded is loaded in one call, if there is a {@link ReadThroughBuilder#bulkLoader}.
     *
     * @throws LoadFailedException if a loader threw
     */
    public Map<K, V> getAll(Collection<? extends K> ids) {
        BulkLoader<K, V> bulkLoader = settings.bulkLoader;
        Batch<K, V> batch =
                bulkLoader == null ? null : new Batch<>(bulkLoader, settings.executor, this::load);
        Loading<K, V> loading = batch == null ? this::load : batch;
        List<CompletableFuture<Boolean>> looked = new ArrayList<>();
        Map<K, CompletableFuture<Optional<V>>> flying = new HashMap<>();
        for (K id : ids) {
            flying.computeIfAbsent(id, each -> fetch(each, loading, looked));
        }
        if (batch != null) {
            CompletableFuture.allOf(looked.toArray(CompletableFuture[]::new)).join();
            batch.run();
        }
        // All have ended before one of them says that it failed.
        CompletableFuture.allOf(flying.values().toArray(CompletableFuture[]::new))
                .handle((nothing, failure) -> failure == null)
                .join();
        Map<K, V> values = new HashMap<>();
        flying.forEach((id, value) -> joined(value).ifPresent(found -> values.put(id, found)));
        return values;
    }

    /** Loads the value and stores it, whatever the cache has. */
    public CompletableFuture<Optional<V>> refresh(K id) {
        String key = settings.key(id);
        return load(id, key)
                .thenCompose(
                        value ->
                                overtaking(key, () -> storeAnyway(key, value))
                                        .thenApply(done -> value));
    }

    private CompletableFuture<?> storeAnyway(String key, Optional<V> value) {
        return value.isPresent()
                ? cache.set(key, value.get(), settings.storedTtl())
                : cache.delete(key);
    }

    /** Makes sure that the next one who asks gets a value that is loaded from now on. */
    public CompletableFuture<@Nullable Void> invalidate(K id) {
        String key = settings.key(id);
        return overtaking(key, () -> settings.invalidation.apply(cache, key));
    }

    /** Leaves the value behind while one client loads a new one. */
    public CompletableFuture<Boolean> markStale(K id) {
        String key = settings.key(id);
        return overtaking(key, () -> cache.markStale(key, Ttl.of(settings.staleFor)));
    }

    // ---- Inside ----

    /**
     * Makes a change, and sees to it that nobody joins a look-up from before it: neither from
     * before it was sent nor, once it is known to be made, from before it arrived.
     */
    private <T extends @Nullable Object> CompletableFuture<T> overtaking(
            String key, Supplier<CompletableFuture<T>> change) {
        forget(key);
        return change.get().whenComplete((result, failure) -> forget(key));
    }

    private void forget(String key) {
        flights.compute(
                key,
                (same, flight) -> {
                    if (settings.near != null) {
                        settings.near.remove(key);
                    }
                    return null;
                });
    }

    /** Starts or joins a look-up. */
    private CompletableFuture<Optional<V>> fetch(
            K id, Loading<K, V> loading, List<CompletableFuture<Boolean>> looked) {
        String key = settings.key(id);
        V near = settings.near == null ? null : settings.near.get(key);
        if (near != null) {
            return CompletableFuture.completedFuture(Optional.of(near));
        }
        CompletableFuture<Optional<V>> flight = new CompletableFuture<>();
        CompletableFuture<Optional<V>> earlier = flights.putIfAbsent(key, flight);
        if (earlier != null) {
            return earlier.copy();
        }
        Fetch<K, V> fetch = new Fetch<>(settings, cache, loading, id, key);
        looked.add(fetch.looked());
        fetch.start()
                .whenComplete(
                        (value, failure) -> {
                            landed(key, flight, value == null ? null : value.orElse(null));
                            if (failure == null) {
                                flight.complete(value);
                            } else {
                                flight.completeExceptionally(Fetch.unwrapped(failure));
                            }
                        });
        return flight.copy();
    }

    /** A look-up that has not been overtaken leaves its value in the near cache. */
    @SuppressWarnings("ReferenceEquality") // Which look-up it is, is the question.
    private void landed(String key, CompletableFuture<Optional<V>> flight, @Nullable V value) {
        flights.computeIfPresent(
                key,
                (same, current) -> {
                    if (current != flight) {
                        return current;
                    }
                    if (settings.near != null && value != null) {
                        settings.near.put(key, value);
                    }
                    return null;
                });
    }

    private CompletableFuture<Optional<V>> load(K id, String key) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return Optional.ofNullable(loader.load(id));
                    } catch (Exception e) { // Whatever the application's loader throws.
                        throw new LoadFailedException(key, e);
                    }
                },
                settings.executor);
    }

    private static <T> T joined(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
