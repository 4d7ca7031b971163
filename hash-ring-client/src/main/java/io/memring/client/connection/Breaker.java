package io.memring.client.connection;

/** Counts timeouts in a row, and opens when there are too many. */
final class Breaker {
    private final int limit;
    private int failures;
    private volatile boolean open;

    Breaker(int limit) {
        this.limit = limit;
    }

    /** True while requests are refused; any thread. */
    boolean isOpen() {
        return open;
    }

    /** Counts a timeout; true if the breaker opens by it. */
    boolean failed() {
        failures++;
        boolean opens = !open && failures >= limit;
        if (opens) {
            open = true;
        }
        return opens;
    }

    /** Forgets timeouts: there was a reply. */
    void answered() {
        failures = 0;
    }

    void close() {
        failures = 0;
        open = false;
    }
}
