package io.memring.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;

/**
 * What holds for all operations of a view.
 *
 * @param timeoutNanos for one operation, from call to result
 * @param bulkTimeoutNanos for one that concerns many items
 * @param routingKey what decides about the node instead of the key; empty for the key itself
 */
record Scope(long timeoutNanos, long bulkTimeoutNanos, String routingKey) {

    byte[] routing(WireKey key) {
        return routingKey.isEmpty() ? key.routing : routingKey.getBytes(UTF_8);
    }

    Scope within(Duration timeout) {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("must be positive: timeout=" + timeout);
        }
        return new Scope(timeout.toNanos(), timeout.toNanos(), routingKey);
    }

    Scope routedBy(String newRoutingKey) {
        return new Scope(timeoutNanos, bulkTimeoutNanos, newRoutingKey);
    }
}
