package io.memring.client;

import io.memring.client.codec.Codec;
import io.memring.client.error.MemcacheException;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Operations that wait for their results. Misses and conflicts are results; what fails throws a
 * {@link MemcacheException}. A thread that is interrupted stops waiting. What {@link AsyncCommands}
 * says of each operation, of keys and of threads holds here, too.
 *
 * <pre>{@code
 * SyncCommands<String> cache = client.sync();
 * cache.set("greeting", "hello", Ttl.of(Duration.ofMinutes(1)));
 * String greeting = cache.get("greeting").orElse("none");
 * }</pre>
 *
 * @param <V> the values
 */
public final class SyncCommands<V> {
    private final AsyncCommands<V> commands;
    private final Waiter waiter;

    SyncCommands(AsyncCommands<V> commands, Waiter waiter) {
        this.commands = commands;
        this.waiter = waiter;
    }

    /** The same with another time limit for each operation. */
    public SyncCommands<V> within(Duration timeout) {
        return new SyncCommands<>(commands.within(timeout), waiter);
    }

    /** The same on the node of a routing key, whatever the keys are. */
    public SyncCommands<V> routedBy(String routingKey) {
        return new SyncCommands<>(commands.routedBy(routingKey), waiter);
    }

    /** The same for other values. */
    public <T> SyncCommands<T> as(Codec<T> other) {
        return new SyncCommands<>(commands.as(other), waiter);
    }

    /** The same without waiting. */
    public AsyncCommands<V> async() {
        return commands;
    }

    /** The value of an item. */
    public Optional<V> get(String key) {
        return waiter.await(commands.get(key));
    }

    /** The value of an item, which gets a new life. */
    public Optional<V> getAndTouch(String key, Ttl ttl) {
        return waiter.await(commands.getAndTouch(key, ttl));
    }

    /** The value of an item with its version, the rest of its life and whether it is stale. */
    public Lookup<V> lookup(String key) {
        return waiter.await(commands.lookup(key));
    }

    /** The same of an item that gets a new life. */
    public Lookup<V> lookupAndTouch(String key, Ttl ttl) {
        return waiter.await(commands.lookupAndTouch(key, ttl));
    }

    /**
     * The same, where a miss makes one client load the value while others wait.
     *
     * @param lease how long they wait for it at most
     * @param refreshAhead from which rest of its life on one client is to load it anew; zero for
     *     never
     */
    public Lookup<V> lookupOrLease(String key, Duration lease, Duration refreshAhead) {
        return waiter.await(commands.lookupOrLease(key, lease, refreshAhead));
    }

    /**
     * The values of many items, asked of all their nodes at once. What goes wrong with a node or a
     * key is in the result.
     */
    public BulkResult<V> getAll(Collection<String> keys) {
        return waiter.await(commands.getAll(keys));
    }

    /** Stores a value. */
    public StoreResult set(String key, V value, Ttl ttl) {
        return waiter.await(commands.set(key, value, ttl));
    }

    /** Stores a value if there is no item. */
    public StoreResult add(String key, V value, Ttl ttl) {
        return waiter.await(commands.add(key, value, ttl));
    }

    /** Stores a value if there is an item. */
    public StoreResult replace(String key, V value, Ttl ttl) {
        return waiter.await(commands.replace(key, value, ttl));
    }

    /**
     * Appends to the bytes of an item, if there is one; its life stays. Of use where two encoded
     * values in a row are one, as of text.
     */
    public StoreResult append(String key, V value) {
        return waiter.await(commands.append(key, value));
    }

    /** The same in front of them. */
    public StoreResult prepend(String key, V value) {
        return waiter.await(commands.prepend(key, value));
    }

    /** Stores a value if the item is still the one that was looked up. */
    public StoreResult compareAndSet(String key, V value, Cas cas, Ttl ttl) {
        return waiter.await(commands.compareAndSet(key, value, cas, ttl));
    }

    /** Remembers for a while that there is no value. */
    public StoreResult setAbsent(String key, Ttl ttl) {
        return waiter.await(commands.setAbsent(key, ttl));
    }

    /**
     * Replaces a value by what a function makes of it, again with the newer value if it has changed
     * meanwhile, up to 256 times. The function gets null where there is no item; if it returns
     * null, nothing is stored. It runs on an event loop, maybe several times, and must not wait.
     */
    public Optional<V> update(String key, Ttl ttl, Function<@Nullable V, @Nullable V> change) {
        return waiter.await(commands.update(key, ttl, change));
    }

    /** Stores many values. */
    public BulkOutcome<StoreResult> setAll(Map<String, ? extends V> values, Ttl ttl) {
        return waiter.await(commands.setAll(values, ttl));
    }

    /** Adds to a counter, if there is one. Counters have 64 bits without a sign, and wrap. */
    public OptionalLong increment(String key, long by) {
        return waiter.await(commands.increment(key, by));
    }

    /** Adds to a counter; a missing one is set to {@code initial}, to which nothing is added. */
    public OptionalLong increment(String key, long by, long initial, Ttl ttl) {
        return waiter.await(commands.increment(key, by, initial, ttl));
    }

    /** Subtracts from a counter, if there is one, down to zero and not below. */
    public OptionalLong decrement(String key, long by) {
        return waiter.await(commands.decrement(key, by));
    }

    /** Gives an item a new life; false if there is none. */
    public boolean touch(String key, Ttl ttl) {
        return waiter.await(commands.touch(key, ttl));
    }

    /** Removes an item; false if there was none. */
    public boolean delete(String key) {
        return waiter.await(commands.delete(key));
    }

    /** Removes an item if it is still the one that was looked up. */
    public boolean compareAndDelete(String key, Cas cas) {
        return waiter.await(commands.compareAndDelete(key, cas));
    }

    /** Makes sure that there is no item. */
    public void invalidate(String key) {
        waiter.await(commands.delete(key));
    }

    /** Leaves a value behind, for a while, that one client is to load anew; false without one. */
    public boolean markStale(String key, Ttl ttl) {
        return waiter.await(commands.markStale(key, ttl));
    }

    /** Removes many items. */
    public BulkOutcome<Boolean> deleteAll(Collection<String> keys) {
        return waiter.await(commands.deleteAll(keys));
    }
}
