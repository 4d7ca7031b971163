package io.memring.client.pattern;

import org.jspecify.annotations.Nullable;

/**
 * Reads what the cache does not have.
 *
 * @param <K> what it is asked for
 * @param <V> what it finds
 */
@FunctionalInterface
public interface Loader<K, V> {

    /** The value; null if there is none. Runs on the executor of its {@link ReadThrough}. */
    @Nullable V load(K id) throws Exception;
}
