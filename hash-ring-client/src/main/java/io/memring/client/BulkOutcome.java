package io.memring.client;

import io.memring.client.error.MemcacheException;

import java.util.Collections;
import java.util.Map;

/**
 * What came of changing many items. Each key is in exactly one of the two.
 *
 * @param results results by key
 * @param failures what went wrong by key
 * @param <R> the results
 */
public record BulkOutcome<R>(Map<String, R> results, Map<String, MemcacheException> failures) {

    public BulkOutcome {
        results = Collections.unmodifiableMap(results);
        failures = Collections.unmodifiableMap(failures);
    }

    /** Whether nothing went wrong. */
    public boolean isComplete() {
        return failures.isEmpty();
    }

    /** The results, unless something went wrong, which then is thrown. */
    public Map<String, R> orThrow() {
        if (!failures.isEmpty()) {
            throw failures.values().iterator().next();
        }
        return results;
    }
}
