package io.memring.client.pattern;

import io.memring.client.AsyncCommands;
import io.memring.client.Ttl;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

/**
 * What {@link ReadThrough#invalidate} leaves behind. Whatever it is, a value that was loaded before
 * is not stored after it.
 *
 * <table>
 * <caption>Strategies</caption>
 * <tr><td>{@link #delete()}<td>nothing: who asks next loads, the others wait
 * <tr><td>{@link #stale}<td>the old value, which is served until one client has the new one
 * <tr><td>{@link #tombstone}<td>an empty item: as nothing, but {@code add} of others fails, too
 * </table>
 *
 * <p>To forget many at once, see {@link ReadThroughBuilder#namespace}.
 */
public final class Invalidation {
    private final BiFunction<AsyncCommands<?>, String, CompletableFuture<?>> action;

    private Invalidation(BiFunction<AsyncCommands<?>, String, CompletableFuture<?>> action) {
        this.action = action;
    }

    /** Leaves nothing. */
    public static Invalidation delete() {
        return new Invalidation((cache, key) -> cache.invalidate(key));
    }

    /** Leaves the old value for a while, for one client to replace. */
    public static Invalidation stale(Duration life) {
        Ttl ttl = Ttl.of(life);
        return new Invalidation((cache, key) -> cache.markStale(key, ttl));
    }

    /** Leaves an empty item for a while, for one client to fill. */
    public static Invalidation tombstone(Duration life) {
        Ttl ttl = Ttl.of(life);
        return new Invalidation((cache, key) -> cache.bury(key, ttl));
    }

    CompletableFuture<@Nullable Void> apply(AsyncCommands<?> cache, String key) {
        return action.apply(cache, key).thenApply(done -> null);
    }
}
