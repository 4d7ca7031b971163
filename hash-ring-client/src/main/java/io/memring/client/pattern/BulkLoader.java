package io.memring.client.pattern;

import java.util.Map;
import java.util.Set;

/**
 * Reads much of what the cache does not have in one go.
 *
 * @param <K> what it is asked for
 * @param <V> what it finds
 */
@FunctionalInterface
public interface BulkLoader<K, V> {

    /** The values there are. Runs on the executor of its {@link ReadThrough}. */
    Map<K, V> loadAll(Set<K> ids) throws Exception;
}
