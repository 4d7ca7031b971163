package io.memring.client;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/**
 * All that a node says about an item.
 *
 * @param <V> the values
 */
public sealed interface Lookup<V> {

    /**
     * There is a value.
     *
     * @param cas its version
     * @param remaining the rest of its life, or null if it does not expire
     * @param won true if this client, and no other, is to load it anew
     */
    record Hit<V>(V value, Cas cas, @Nullable Duration remaining, Freshness freshness, boolean won)
            implements Lookup<V> {}

    /**
     * It is known that there is no value.
     *
     * @param cas the version of this knowledge
     * @param won true if this client, and no other, is to load it anew
     */
    record Absent<V>(Cas cas, Freshness freshness, boolean won) implements Lookup<V> {}

    /**
     * There is no value: no item, or one that stands for a lease.
     *
     * @param won true if this client holds the lease: others wait for it to load the value
     * @param cas the version of the lease, to store with; 0 if there is no item
     */
    record Miss<V>(boolean won, Cas cas) implements Lookup<V> {}

    /** Another client holds the lease; only whoever asks for one is told so. */
    record Pending<V>() implements Lookup<V> {}
}
