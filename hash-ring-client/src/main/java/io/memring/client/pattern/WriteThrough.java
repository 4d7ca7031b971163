package io.memring.client.pattern;

import io.memring.client.HashRing;
import io.memring.client.SyncCommands;
import io.memring.client.Ttl;
import io.memring.client.codec.Codec;
import io.memring.client.error.MemcacheException;

import java.time.Duration;
import java.util.function.Function;

/**
 * Writes to a store and then to the cache in front of it. The store comes first: what it refuses
 * never reaches the cache. If the cache cannot be written to, the old value is removed from it,
 * with a few attempts; if that fails as well the caller is told, since readers may see the old
 * value until it expires.
 *
 * <pre>{@code
 * WriteThrough<Long, User> users =
 *         WriteThrough.over(
 *                 client,
 *                 userCodec,
 *                 (Long id) -> "user:" + id,
 *                 Ttl.of(Duration.ofMinutes(10)),
 *                 database::saveUser);
 * users.put(42L, user);
 * }</pre>
 *
 * <p>Any number of threads may use one. Where two put the same key at the same time, the cache may
 * be left with the value that the store has not, until it expires; {@link ReadThrough} with an
 * invalidation after each change does not have that.
 *
 * @param <K> what is written
 * @param <V> the values
 */
public final class WriteThrough<K, V> {
    private static final int INVALIDATIONS = 3;

    private final SyncCommands<V> cache;
    private final Function<K, String> keys;
    private final Ttl ttl;
    private final Store<K, V> store;

    /** Where values are kept for good. */
    @FunctionalInterface
    public interface Store<K, V> {
        /** Keeps a value. */
        void write(K id, V value) throws Exception;
    }

    private WriteThrough(
            SyncCommands<V> cache, Function<K, String> keys, Ttl ttl, Store<K, V> store) {
        this.cache = cache;
        this.keys = keys;
        this.ttl = ttl;
        this.store = store;
    }

    /** Writes through to a store. */
    public static <K, V> WriteThrough<K, V> over(
            HashRing client, Codec<V> codec, Function<K, String> keys, Ttl ttl, Store<K, V> store) {
        return new WriteThrough<>(client.sync(codec), keys, ttl, store);
    }

    /**
     * Writes a value.
     *
     * @throws MemcacheException if the store has the value, and the cache may have the old one
     */
    public void put(K id, V value) throws Exception {
        store.write(id, value);
        String key = keys.apply(id);
        try {
            cache.set(key, value, ttl);
        } catch (MemcacheException e) {
            invalidate(key, e);
        }
    }

    private void invalidate(String key, MemcacheException reason) {
        for (int attempt = 1; attempt <= INVALIDATIONS; attempt++) {
            try {
                cache.within(Duration.ofSeconds(1)).invalidate(key);
                return;
            } catch (MemcacheException e) {
                reason.addSuppressed(e);
            }
        }
        throw reason;
    }
}
