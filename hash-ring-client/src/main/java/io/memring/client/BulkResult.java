package io.memring.client;

import io.memring.client.error.MemcacheException;

import java.util.Collections;
import java.util.Map;
import java.util.Set;

/**
 * What came of fetching many items. Each key is in exactly one of the three.
 *
 * @param hits values by key
 * @param misses keys without an item
 * @param failures what went wrong by key, because of a node or a value
 * @param <V> the values
 */
public record BulkResult<V>(
        Map<String, V> hits, Set<String> misses, Map<String, MemcacheException> failures) {

    public BulkResult {
        hits = Collections.unmodifiableMap(hits);
        misses = Collections.unmodifiableSet(misses);
        failures = Collections.unmodifiableMap(failures);
    }

    /** Whether nothing went wrong. */
    public boolean isComplete() {
        return failures.isEmpty();
    }

    /** The values, unless something went wrong, which then is thrown. */
    public Map<String, V> orThrow() {
        if (!failures.isEmpty()) {
            throw failures.values().iterator().next();
        }
        return hits;
    }
}
