package io.memring.client;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.memring.client.codec.Codec;
import io.memring.client.codec.Encoded;
import io.memring.client.connection.Reply;
import io.memring.client.connection.ReplyCode;
import io.memring.client.connection.Request;
import io.memring.client.connection.RequestKind;
import io.memring.client.error.MemcacheException;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Operations that return at once; their futures are completed on an event loop, which must not be
 * made to wait. Misses and conflicts are results; a future fails with a {@link MemcacheException}
 * alone, bad keys included. To cancel a future is to stop waiting: a request that has been written
 * is carried out.
 *
 * <pre>{@code
 * AsyncCommands<String> cache = client.async();
 * cache.get("greeting").thenAcceptAsync(found -> System.out.println(found.orElse("none")));
 * }</pre>
 *
 * <p>A key has 1 to 250 bytes of UTF-8, the client's prefix included, and no spaces and controls;
 * {@link OddKeys} says what becomes of others. A value is as large as its node takes, which is 1
 * MiB with its key unless the node is told otherwise. Any number of threads may use the same
 * commands.
 *
 * @param <V> the values
 */
public final class AsyncCommands<V> {
    private static final byte[] ALL = " v f c t".getBytes(US_ASCII);
    private static final byte[] LEASED = " v f c t s".getBytes(US_ASCII);
    private static final byte[] WITHOUT_VALUE = " x".getBytes(US_ASCII);
    private static final int MAX_UPDATE_ATTEMPTS = 256;

    private final Dispatcher dispatcher;
    private final Codec<V> codec;
    private final Scope scope;
    private final Lookups<V> lookups;

    AsyncCommands(Dispatcher dispatcher, Codec<V> codec, Scope scope) {
        this.dispatcher = dispatcher;
        this.codec = codec;
        this.scope = scope;
        this.lookups = new Lookups<>(codec);
    }

    // ---- Views ----

    /** The same with another time limit for each operation, one on many items included. */
    public AsyncCommands<V> within(Duration timeout) {
        return new AsyncCommands<>(dispatcher, codec, scope.within(timeout));
    }

    /** The same on the node of a routing key, whatever the keys are. */
    public AsyncCommands<V> routedBy(String routingKey) {
        return new AsyncCommands<>(dispatcher, codec, scope.routedBy(routingKey));
    }

    /** The same for other values. */
    public <T> AsyncCommands<T> as(Codec<T> other) {
        return new AsyncCommands<>(dispatcher, other, scope);
    }

    // ---- Fetching ----

    /** The value of an item. */
    public CompletableFuture<Optional<V>> get(String key) {
        return send(key, new Request<>(RequestKind.GET, lookups::optional).wantsValue());
    }

    /** The value of an item, which gets a new life. */
    public CompletableFuture<Optional<V>> getAndTouch(String key, Ttl ttl) {
        return send(
                key,
                new Request<>(RequestKind.GET_AND_TOUCH, lookups::optional)
                        .wantsValue()
                        .exptime(dispatcher.exptime(ttl)));
    }

    /** The value of an item with its version, the rest of its life and whether it is stale. */
    public CompletableFuture<Lookup<V>> lookup(String key) {
        return send(key, new Request<>(RequestKind.GET, lookups::lookup).wanted(ALL));
    }

    /** The same of an item that gets a new life. */
    public CompletableFuture<Lookup<V>> lookupAndTouch(String key, Ttl ttl) {
        return send(
                key,
                new Request<>(RequestKind.GET_AND_TOUCH, lookups::lookup)
                        .wanted(ALL)
                        .exptime(dispatcher.exptime(ttl)));
    }

    /**
     * The same, where a miss makes one client load the value while others wait. Until then an empty
     * item without client flags stands for the lease. Other fetches take it for a miss, but only
     * the meta protocol tells what it is: {@link Protocol#TEXT} and {@link Protocol#BINARY} show an
     * empty value, as they show one that was stored without client flags.
     *
     * @param lease how long they wait for it at most
     * @param refreshAhead from which rest of its life on one client is to load it anew; zero for
     *     never
     */
    public CompletableFuture<Lookup<V>> lookupOrLease(
            String key, Duration lease, Duration refreshAhead) {
        long recache = refreshAhead.isZero() ? Request.NONE : Math.max(1, refreshAhead.toSeconds());
        return send(
                key,
                new Request<>(RequestKind.GET, lookups::leased)
                        .wanted(LEASED)
                        .lease(Math.max(1, lease.toSeconds()))
                        .recache(recache));
    }

    /**
     * The values of many items, asked of all their nodes at once. What goes wrong with a node or a
     * key is in the result; the future fails only if the client is closed or knows no nodes yet.
     */
    public CompletableFuture<BulkResult<V>> getAll(Collection<String> keys) {
        try {
            return new BulkFetch<>(dispatcher, scope, lookups, keys).start();
        } catch (MemcacheException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    // ---- Storing ----

    /** Stores a value. */
    public CompletableFuture<StoreResult> set(String key, V value, Ttl ttl) {
        return store(RequestKind.SET, key, value, ttl);
    }

    /** Stores a value if there is no item. */
    public CompletableFuture<StoreResult> add(String key, V value, Ttl ttl) {
        return store(RequestKind.ADD, key, value, ttl);
    }

    /** Stores a value if there is an item. */
    public CompletableFuture<StoreResult> replace(String key, V value, Ttl ttl) {
        return store(RequestKind.REPLACE, key, value, ttl);
    }

    /**
     * Appends to the bytes of an item, if there is one; its life stays. Of use where two encoded
     * values in a row are one, as of text.
     */
    public CompletableFuture<StoreResult> append(String key, V value) {
        return store(RequestKind.APPEND, key, value, Ttl.never());
    }

    /** The same in front of them. */
    public CompletableFuture<StoreResult> prepend(String key, V value) {
        return store(RequestKind.PREPEND, key, value, Ttl.never());
    }

    /** Stores a value if the item is still the one that was looked up. */
    public CompletableFuture<StoreResult> compareAndSet(String key, V value, Cas cas, Ttl ttl) {
        return store(key, value, ttl, stored(RequestKind.COMPARE_AND_SET).cas(cas.unique()));
    }

    /** Remembers for a while that there is no value. */
    public CompletableFuture<StoreResult> setAbsent(String key, Ttl ttl) {
        return send(key, absent(stored(RequestKind.SET), ttl));
    }

    /** The same if the item is still the one that was looked up. */
    public CompletableFuture<StoreResult> compareAndSetAbsent(String key, Cas cas, Ttl ttl) {
        return send(key, absent(stored(RequestKind.COMPARE_AND_SET).cas(cas.unique()), ttl));
    }

    private Request<StoreResult> absent(Request<StoreResult> request, Ttl ttl) {
        Encoded absent = Lookups.ABSENT;
        return request.value(absent.clientFlags(), absent.bytes()).exptime(dispatcher.exptime(ttl));
    }

    /**
     * Replaces a value by what a function makes of it, again with the newer value if it has changed
     * meanwhile, up to 256 times. The function gets null where there is no item; if it returns
     * null, nothing is stored. It runs on an event loop, maybe several times, and must not wait.
     */
    public CompletableFuture<Optional<V>> update(
            String key, Ttl ttl, Function<@Nullable V, @Nullable V> change) {
        return new UpdateLoop<>(this, key, ttl, change, MAX_UPDATE_ATTEMPTS).next();
    }

    /** Stores many values, for which each has the time of a bulk operation. */
    public CompletableFuture<BulkOutcome<StoreResult>> setAll(
            Map<String, ? extends V> values, Ttl ttl) {
        BulkChange<StoreResult> change = new BulkChange<>(values.size());
        values.forEach((key, value) -> change.add(key, bulk().set(key, value, ttl)));
        return change.result();
    }

    // ---- Counting, touching, removing ----

    /** Adds to a counter, if there is one. Counters have 64 bits without a sign, and wrap. */
    public CompletableFuture<OptionalLong> increment(String key, long by) {
        return send(key, counted(RequestKind.INCREMENT).delta(by));
    }

    /** Adds to a counter; a missing one is set to {@code initial}, to which nothing is added. */
    public CompletableFuture<OptionalLong> increment(String key, long by, long initial, Ttl ttl) {
        return send(
                key,
                counted(RequestKind.INCREMENT).delta(by).initial(initial, dispatcher.exptime(ttl)));
    }

    /** Subtracts from a counter, if there is one, down to zero and not below. */
    public CompletableFuture<OptionalLong> decrement(String key, long by) {
        return send(key, counted(RequestKind.DECREMENT).delta(by));
    }

    /** Gives an item a new life; false if there is none. */
    public CompletableFuture<Boolean> touch(String key, Ttl ttl) {
        return send(
                key,
                new Request<>(RequestKind.TOUCH, AsyncCommands::isDone)
                        .exptime(dispatcher.exptime(ttl)));
    }

    /** Removes an item; false if there was none. */
    public CompletableFuture<Boolean> delete(String key) {
        return send(key, new Request<>(RequestKind.DELETE, AsyncCommands::isDone));
    }

    /** Removes an item if it is still the one that was looked up. */
    public CompletableFuture<Boolean> compareAndDelete(String key, Cas cas) {
        return send(
                key,
                new Request<>(RequestKind.COMPARE_AND_DELETE, AsyncCommands::isDone)
                        .cas(cas.unique()));
    }

    /** Makes sure that there is no item; to find none is a success. */
    public CompletableFuture<@Nullable Void> invalidate(String key) {
        return delete(key).thenApply(existed -> null);
    }

    /**
     * Leaves a value behind, for a while, that one client is to load anew; false without one. That
     * is the first one that asks for the item; only lookups tell it so.
     */
    public CompletableFuture<Boolean> markStale(String key, Ttl ttl) {
        return send(
                key,
                new Request<>(RequestKind.MARK_STALE, AsyncCommands::isDone)
                        .exptime(dispatcher.exptime(ttl)));
    }

    /** The same if the item is still the one that was looked up. */
    public CompletableFuture<Boolean> markStale(String key, Ttl ttl, Cas cas) {
        return send(
                key,
                new Request<>(RequestKind.MARK_STALE, AsyncCommands::isDone)
                        .exptime(dispatcher.exptime(ttl))
                        .cas(cas.unique()));
    }

    /**
     * Leaves an empty item behind, for a while, that one client is to fill, as if it held a lease;
     * false without one.
     */
    public CompletableFuture<Boolean> bury(String key, Ttl ttl) {
        return send(
                key,
                new Request<>(RequestKind.MARK_STALE, AsyncCommands::isDone)
                        .wanted(WITHOUT_VALUE)
                        .exptime(dispatcher.exptime(ttl)));
    }

    /** Removes many items. */
    public CompletableFuture<BulkOutcome<Boolean>> deleteAll(Collection<String> keys) {
        BulkChange<Boolean> change = new BulkChange<>(keys.size());
        keys.forEach(key -> change.add(key, bulk().delete(key)));
        return change.result();
    }

    // ---- Inside ----

    /** A view whose single operations have the time of one that concerns many items. */
    private AsyncCommands<V> bulk() {
        return new AsyncCommands<>(
                dispatcher, codec, scope.within(Duration.ofNanos(scope.bulkTimeoutNanos())));
    }

    private CompletableFuture<StoreResult> store(RequestKind kind, String key, V value, Ttl ttl) {
        return store(key, value, ttl, stored(kind));
    }

    private CompletableFuture<StoreResult> store(
            String key, V value, Ttl ttl, Request<StoreResult> request) {
        return guarded(
                key,
                request,
                () -> {
                    Encoded encoded = codec.encode(value);
                    return dispatcher.send(
                            key,
                            dispatcher.keys.of(key),
                            scope,
                            request.value(encoded.clientFlags(), encoded.bytes())
                                    .exptime(dispatcher.exptime(ttl)));
                });
    }

    private <T extends @Nullable Object> CompletableFuture<T> send(String key, Request<T> request) {
        return guarded(
                key, request, () -> dispatcher.send(key, dispatcher.keys.of(key), scope, request));
    }

    /** What is refused on the caller's thread fails the future, too. */
    private <T extends @Nullable Object> CompletableFuture<T> guarded(
            String key, Request<T> request, Supplier<CompletableFuture<T>> call) {
        try {
            return call.get();
        } catch (MemcacheException e) {
            dispatcher.watch.refused(key, request.kind(), e);
            return CompletableFuture.failedFuture(e);
        }
    }

    private static Request<StoreResult> stored(RequestKind kind) {
        return new Request<>(kind, reply -> storeResult(reply.code()));
    }

    private static StoreResult storeResult(ReplyCode code) {
        return switch (code) {
            case DONE -> StoreResult.STORED;
            case NOT_STORED -> StoreResult.NOT_STORED;
            case EXISTS -> StoreResult.CAS_MISMATCH;
            case NOT_FOUND, MISS -> StoreResult.NOT_FOUND;
            case VALUE, LINES, ERROR ->
                    throw new IllegalStateException("no reply to a store: code=" + code);
        };
    }

    private static Request<OptionalLong> counted(RequestKind kind) {
        return new Request<>(
                kind,
                reply ->
                        reply.code() == ReplyCode.VALUE
                                ? OptionalLong.of(number(reply))
                                : OptionalLong.empty());
    }

    private static long number(Reply reply) {
        return Long.parseUnsignedLong(new String(reply.value(), US_ASCII).strip());
    }

    private static boolean isDone(Reply reply) {
        return reply.code() == ReplyCode.DONE;
    }
}
