package io.memring.client.pattern;

import io.memring.client.AsyncCommands;
import io.memring.client.Cas;
import io.memring.client.Freshness;
import io.memring.client.Lookup;
import io.memring.client.Lookup.Absent;
import io.memring.client.Lookup.Hit;
import io.memring.client.Lookup.Miss;
import io.memring.client.Lookup.Pending;
import io.memring.client.Ttl;
import io.memring.client.error.MemcacheException;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * One look-up of a {@link ReadThrough}: what the cache says decides about loading, storing, waiting
 * and refreshing. The package's description draws it.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What runs in the background is nobody's result.
final class Fetch<K, V> {
    private static final double WAIT_GROWTH = 1.5;

    private final ReadThroughBuilder<K, V> settings;
    private final AsyncCommands<V> cache;
    private final Loading<K, V> loading;
    private final K id;
    private final String key;
    private final CompletableFuture<Boolean> looked = new CompletableFuture<>();

    Fetch(
            ReadThroughBuilder<K, V> settings,
            AsyncCommands<V> cache,
            Loading<K, V> loading,
            K id,
            String key) {
        this.settings = settings;
        this.cache = cache;
        this.loading = loading;
        this.id = id;
        this.key = key;
    }

    /** Done when it is known whether there is something to load. */
    CompletableFuture<Boolean> looked() {
        return looked;
    }

    /** The value, from the cache or loaded. */
    CompletableFuture<Optional<V>> start() {
        return look(0);
    }

    private CompletableFuture<Optional<V>> look(int looks) {
        return cache.lookupOrLease(key, settings.lease, settings.refreshAhead)
                .handle(
                        (found, failure) ->
                                failure == null ? found(looks, found) : withoutCache(failure))
                .whenComplete((next, failure) -> looked.complete(true))
                .thenCompose(Function.identity());
    }

    private CompletableFuture<Optional<V>> withoutCache(Throwable failure) {
        return unwrapped(failure) instanceof MemcacheException
                ? loading.load(id, key)
                : CompletableFuture.failedFuture(failure);
    }

    private CompletableFuture<Optional<V>> found(int looks, Lookup<V> found) {
        if (found instanceof Hit<V> hit) {
            Known<V> known = new Known<>(Optional.of(hit.value()), hit.cas(), hit.freshness());
            return known(looks, known, hit.won());
        }
        if (found instanceof Absent<V> absent) {
            Known<V> known = new Known<>(Optional.empty(), absent.cas(), absent.freshness());
            return known(looks, known, absent.won());
        }
        if (found instanceof Miss<V> miss) {
            return miss.won() ? loadUnderLease(miss.cas()) : loadAndAdd();
        }
        assert found instanceof Pending;
        return lookLater(looks);
    }

    /** What the cache knows of a value. */
    private record Known<V>(Optional<V> value, Cas cas, Freshness freshness) {}

    private CompletableFuture<Optional<V>> known(int looks, Known<V> known, boolean won) {
        boolean served = known.freshness() != Freshness.STALE || settings.serveStale;
        if (served) {
            if (won) {
                loadAndReplace(known);
            }
            return CompletableFuture.completedFuture(known.value());
        }
        return won ? loadAndReplace(known) : lookLater(looks);
    }

    private CompletableFuture<Optional<V>> lookLater(int looks) {
        if (looks >= settings.retries) {
            return loading.load(id, key);
        }
        double nominal = settings.firstWait.toNanos() * Math.pow(WAIT_GROWTH, looks);
        long nanos = (long) (nominal * (0.75 + settings.random.nextDouble() / 2));
        Executor later =
                CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS, settings.executor);
        return CompletableFuture.supplyAsync(() -> look(looks + 1), later)
                .thenCompose(Function.identity());
    }

    // ---- Loading ----

    /** If loading fails, the lease goes back, so that the next one who asks tries at once. */
    private CompletableFuture<Optional<V>> loadUnderLease(Cas lease) {
        return loadAndStore(lease)
                .whenComplete(
                        (value, failure) -> {
                            if (failure != null) {
                                cache.compareAndDelete(key, lease);
                            }
                        });
    }

    /** The node gave no lease, for want of memory; whoever stores first has stored. */
    private CompletableFuture<Optional<V>> loadAndAdd() {
        return loading.load(id, key)
                .thenCompose(
                        value ->
                                value.isEmpty()
                                        ? CompletableFuture.completedFuture(value)
                                        : cache.add(key, value.get(), settings.storedTtl())
                                                .handle((result, failure) -> value));
    }

    /** Stores what is loaded only over what was looked up: anything newer stays. */
    private CompletableFuture<Optional<V>> loadAndStore(Cas cas) {
        return loading.load(id, key)
                .thenCompose(value -> store(value, cas).handle((result, failure) -> value));
    }

    private CompletableFuture<?> store(Optional<V> value, Cas cas) {
        if (value.isPresent()) {
            return cache.compareAndSet(key, value.get(), cas, settings.storedTtl());
        }
        return settings.negativeTtl.isZero()
                ? cache.compareAndDelete(key, cas)
                : cache.compareAndSetAbsent(key, cas, Ttl.of(settings.negativeTtl));
    }

    /** If it fails, a stale value gets its token back, so that somebody else tries. */
    private CompletableFuture<Optional<V>> loadAndReplace(Known<V> known) {
        return loadAndStore(known.cas())
                .whenComplete(
                        (value, failure) -> {
                            if (failure != null && known.freshness() == Freshness.STALE) {
                                cache.markStale(key, Ttl.of(settings.staleFor), known.cas());
                            }
                        });
    }

    static Throwable unwrapped(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause : failure;
    }
}
