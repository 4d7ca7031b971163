package io.memring.client.pattern;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** How a look-up comes to what the cache does not have. */
@FunctionalInterface
interface Loading<K, V> {

    /** Loads, or has it loaded; fails with a {@link LoadFailedException}. */
    CompletableFuture<Optional<V>> load(K id, String key);
}
