package io.memring.client;

import java.util.concurrent.CompletableFuture;

/**
 * Changes that nobody waits for. What fails is told to the {@link ClientListener} alone. On the
 * wire they are answered like any other, in a few bytes, so that replies cannot get out of step.
 * They count against {@link HashRingBuilder#maxInFlight}. Any number of threads may use them.
 *
 * @param <V> the values
 */
public final class QuietCommands<V> {
    private final AsyncCommands<V> commands;

    QuietCommands(AsyncCommands<V> commands) {
        this.commands = commands;
    }

    /** Stores a value. */
    public void set(String key, V value, Ttl ttl) {
        forget(commands.set(key, value, ttl));
    }

    /** Stores a value if there is no item. */
    public void add(String key, V value, Ttl ttl) {
        forget(commands.add(key, value, ttl));
    }

    /** Adds to a counter, if there is one. */
    public void increment(String key, long by) {
        forget(commands.increment(key, by));
    }

    /** Gives an item a new life. */
    public void touch(String key, Ttl ttl) {
        forget(commands.touch(key, ttl));
    }

    /** Removes an item. */
    public void delete(String key) {
        forget(commands.delete(key));
    }

    /** Whatever becomes of it, somebody else hears of it. */
    private static void forget(CompletableFuture<?> change) {
        assert change != null;
    }
}
