package io.memring.client.connection;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** The pauses between attempts to connect: twice as long each time, of random length in the end. */
final class Backoff {
    private static final long FIRST_NANOS = Duration.ofMillis(20).toNanos();
    private static final int MAX_DOUBLINGS = 30;

    private final long maxNanos;
    private final RandomGenerator random;
    private int failures;

    Backoff(Duration max, RandomGenerator random) {
        this.maxNanos = max.toNanos();
        this.random = random;
    }

    /** The pause after one more failure, of between half and all of its nominal length. */
    long nextNanos() {
        long nominal = Math.min(maxNanos, FIRST_NANOS << Math.min(failures, MAX_DOUBLINGS));
        failures++;
        return nominal / 2 + (long) (random.nextDouble() * nominal / 2);
    }

    void reset() {
        failures = 0;
    }
}
