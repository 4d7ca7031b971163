package io.memring.engine;

import org.jspecify.annotations.Nullable;

/**
 * What memcached would do with a command.
 *
 * @param outcome constant of the operation's outcome enum
 * @param after the item under the key afterwards, or none
 * @param seen what a FETCH shows of the item it found
 * @param won a meta FETCH wins the recache
 * @param number result of a DELTA
 */
record ModelEffect(
        Enum<?> outcome,
        @Nullable ModelItem after,
        @Nullable ModelItem seen,
        boolean won,
        long number) {

    static ModelEffect of(Enum<?> outcome, @Nullable ModelItem after) {
        return new ModelEffect(outcome, after, null, false, 0);
    }
}
