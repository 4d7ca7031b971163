package io.memring.client.caffeine;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import io.memring.client.pattern.NearCache;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/**
 * Holds what is asked for all the time in the JVM.
 *
 * <pre>{@code
 * ReadThrough.over(client, codec, keys)
 *         .near(new CaffeineNearCache<>(10_000, Duration.ofSeconds(2)))
 *         .build(loader);
 * }</pre>
 *
 * @param <V> the values
 */
@SuppressWarnings("exports") // Who uses it has the library.
public final class CaffeineNearCache<V> implements NearCache<V> {
    private final Cache<String, V> cache;

    /**
     * A cache of its own.
     *
     * @param maximumSize how many values it holds at most
     * @param life how long it holds each, and so how old a value can be that others have changed
     */
    public CaffeineNearCache(long maximumSize, Duration life) {
        this(Caffeine.newBuilder().maximumSize(maximumSize).expireAfterWrite(life).build());
    }

    /** Holds values in a cache that was built elsewhere. */
    public CaffeineNearCache(Cache<String, V> cache) {
        this.cache = cache;
    }

    @Override
    public @Nullable V get(String key) {
        return cache.getIfPresent(key);
    }

    @Override
    public void put(String key, V value) {
        cache.put(key, value);
    }

    @Override
    public void remove(String key) {
        cache.invalidate(key);
    }
}
