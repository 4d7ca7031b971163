package io.memring.client.pattern;

import org.jspecify.annotations.Nullable;

/**
 * A small cache in the JVM, in front of the nodes, for what is asked for all the time. Nobody tells
 * it of changes that other clients make, so that what it holds should live for seconds only.
 *
 * @param <V> the values, which nobody must change
 */
public interface NearCache<V> {

    /** The value of a key; null if there is none. */
    @Nullable V get(String key);

    /** Holds a value. */
    void put(String key, V value);

    /** Forgets a value. */
    void remove(String key);
}
