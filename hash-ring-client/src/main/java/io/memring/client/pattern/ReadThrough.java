package io.memring.client.pattern;

import io.memring.client.AsyncCommands;
import io.memring.client.Cas;
import io.memring.client.Freshness;
import io.memring.client.HashRing;
import io.memring.client.Lookup;
import io.memring.client.Lookup.Absent;
import io.memring.client.Lookup.Hit;
import io.memring.client.Lookup.Miss;
import io.memring.client.Lookup.Pending;
import io.memring.client.Ttl;
import io.memring.client.codec.Codec;
import io.memring.client.error.MemcacheException;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

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
 * <p>If the cache does not answer, values are loaded without it.
 *
 * @param <K> what is asked for
 * @param <V> the values
 */
@SuppressWarnings("FutureReturnValueIgnored") // What runs in the background is nobody's result.
public final class ReadThrough<K, V> {
    private static final double WAIT_GROWTH = 1.5;

    private final ReadThroughBuilder<K, V> settings;
    private final Loader<? super K, ? extends V> loader;
    private final AsyncCommands<V> cache;
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
        try {
            return getAsync(id).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** The same without waiting. Callers of one JVM that ask at the same time share the answer. */
    public CompletableFuture<Optional<V>> getAsync(K id) {
        String key = settings.keys.apply(id);
        CompletableFuture<Optional<V>> flight = new CompletableFuture<>();
        CompletableFuture<Optional<V>> earlier = flights.putIfAbsent(key, flight);
        if (earlier != null) {
            return earlier.copy();
        }
        look(id, key, 0)
                .whenComplete(
                        (value, failure) -> {
                            flights.remove(key, flight);
                            if (failure == null) {
                                flight.complete(value);
                            } else {
                                flight.completeExceptionally(unwrapped(failure));
                            }
                        });
        return flight.copy();
    }

    /** The values of many, all looked up at once; those without one are left out. */
    public Map<K, V> getAll(Collection<? extends K> ids) {
        Map<K, CompletableFuture<Optional<V>>> flying = new HashMap<>();
        for (K id : ids) {
            flying.computeIfAbsent(id, this::getAsync);
        }
        Map<K, V> values = new HashMap<>();
        flying.forEach((id, value) -> value.join().ifPresent(found -> values.put(id, found)));
        return values;
    }

    /** Loads the value and stores it, whatever the cache has. */
    public CompletableFuture<Optional<V>> refresh(K id) {
        String key = settings.keys.apply(id);
        return load(id, key)
                .thenCompose(
                        value ->
                                (value.isPresent()
                                                ? cache.set(key, value.get(), ttl())
                                                : cache.delete(key))
                                        .thenApply(done -> value));
    }

    /** Makes sure that the next one who asks gets a value that is loaded from now on. */
    public CompletableFuture<@Nullable Void> invalidate(K id) {
        return cache.invalidate(settings.keys.apply(id));
    }

    /** Leaves the value behind while one client loads a new one. */
    public CompletableFuture<Boolean> markStale(K id) {
        return cache.markStale(settings.keys.apply(id), Ttl.of(settings.staleFor));
    }

    // ---- Looking ----

    private CompletableFuture<Optional<V>> look(K id, String key, int looks) {
        return cache.lookupOrLease(key, settings.lease, settings.refreshAhead)
                .handle(
                        (found, failure) ->
                                failure == null
                                        ? found(id, key, looks, found)
                                        : withoutCache(id, key, failure))
                .thenCompose(Function.identity());
    }

    private CompletableFuture<Optional<V>> withoutCache(K id, String key, Throwable failure) {
        return unwrapped(failure) instanceof MemcacheException
                ? load(id, key)
                : CompletableFuture.failedFuture(failure);
    }

    private CompletableFuture<Optional<V>> found(K id, String key, int looks, Lookup<V> found) {
        if (found instanceof Hit<V> hit) {
            Known<V> known = new Known<>(Optional.of(hit.value()), hit.cas(), hit.freshness());
            return known(id, key, looks, known, hit.won());
        }
        if (found instanceof Absent<V> absent) {
            Known<V> known = new Known<>(Optional.empty(), absent.cas(), absent.freshness());
            return known(id, key, looks, known, absent.won());
        }
        if (found instanceof Miss<V> miss && miss.won()) {
            return loadUnderLease(id, key, miss.cas());
        }
        assert found instanceof Miss || found instanceof Pending;
        return lookLater(id, key, looks);
    }

    /** What the cache knows of a value. */
    private record Known<V>(Optional<V> value, Cas cas, Freshness freshness) {}

    private CompletableFuture<Optional<V>> known(
            K id, String key, int looks, Known<V> known, boolean won) {
        boolean served = known.freshness() != Freshness.STALE || settings.serveStale;
        if (served) {
            if (won) {
                refreshInBackground(id, key, known);
            }
            return CompletableFuture.completedFuture(known.value());
        }
        return won ? loadAndStore(id, key, known.cas()) : lookLater(id, key, looks);
    }

    private CompletableFuture<Optional<V>> lookLater(K id, String key, int looks) {
        if (looks >= settings.retries) {
            return load(id, key);
        }
        double nominal = settings.firstWait.toNanos() * Math.pow(WAIT_GROWTH, looks);
        long nanos = (long) (nominal * (0.75 + settings.random.nextDouble() / 2));
        Executor later =
                CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS, settings.executor);
        return CompletableFuture.supplyAsync(() -> look(id, key, looks + 1), later)
                .thenCompose(Function.identity());
    }

    // ---- Loading ----

    private CompletableFuture<Optional<V>> load(K id, String key) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return Optional.ofNullable(loader.load(id));
                    } catch (Exception e) {
                        throw new LoadFailedException(key, e);
                    }
                },
                settings.executor);
    }

    /** If loading fails, the lease goes back, so that the next one who asks tries at once. */
    private CompletableFuture<Optional<V>> loadUnderLease(K id, String key, Cas lease) {
        CompletableFuture<Optional<V>> loaded = loadAndStore(id, key, lease);
        loaded.whenComplete(
                (value, failure) -> {
                    if (failure != null) {
                        cache.compareAndDelete(key, lease);
                    }
                });
        return loaded;
    }

    /** Stores what is loaded only over what was looked up: anything newer stays. */
    private CompletableFuture<Optional<V>> loadAndStore(K id, String key, Cas cas) {
        return load(id, key)
                .thenCompose(value -> store(key, value, cas).handle((result, failure) -> value));
    }

    private CompletableFuture<?> store(String key, Optional<V> value, Cas cas) {
        if (value.isPresent()) {
            return cache.compareAndSet(key, value.get(), cas, ttl());
        }
        return settings.negativeTtl.isZero()
                ? cache.compareAndDelete(key, cas)
                : cache.compareAndSetAbsent(key, cas, Ttl.of(settings.negativeTtl));
    }

    /** If it fails, a stale value gets its token back, so that somebody else tries. */
    private void refreshInBackground(K id, String key, Known<V> known) {
        loadAndStore(id, key, known.cas())
                .whenComplete(
                        (value, failure) -> {
                            if (failure != null && known.freshness() == Freshness.STALE) {
                                cache.markStale(key, Ttl.of(settings.staleFor), known.cas());
                            }
                        });
    }

    private Ttl ttl() {
        double part = 1 - settings.jitter * settings.random.nextDouble();
        return Ttl.of(Duration.ofNanos(Math.max(1, (long) (settings.ttl.toNanos() * part))));
    }

    private static Throwable unwrapped(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause : failure;
    }
}
