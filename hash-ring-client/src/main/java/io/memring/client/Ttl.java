package io.memring.client;

import java.time.Duration;
import java.time.Instant;

/**
 * How long an item lives. memcached takes more than thirty days for a moment in 1970 or later,
 * which makes long lives end at once; that rule is kept in here.
 */
public final class Ttl {
    private static final long MAX_RELATIVE_SECONDS = Duration.ofDays(30).toSeconds();
    private static final Ttl NEVER = new Ttl(0, false);

    private final long seconds;
    private final boolean absolute;

    private Ttl(long seconds, boolean absolute) {
        this.seconds = seconds;
        this.absolute = absolute;
    }

    /**
     * A life from the moment of each operation that is given it; rounded up to whole seconds.
     *
     * @throws IllegalArgumentException if it is zero or less
     */
    public static Ttl of(Duration life) {
        if (life.isNegative() || life.isZero()) {
            throw new IllegalArgumentException("a life is longer than nothing: ttl=" + life);
        }
        return new Ttl(life.plusNanos(999_999_999).toSeconds(), false);
    }

    /**
     * A life until a moment, in whole seconds; one that has passed ends the item at once.
     *
     * @throws IllegalArgumentException if it is in January 1970, which memcached would take for a
     *     length of time
     */
    public static Ttl at(Instant end) {
        if (end.getEpochSecond() <= MAX_RELATIVE_SECONDS) {
            throw new IllegalArgumentException("a moment of our time: ttl=" + end);
        }
        return new Ttl(end.getEpochSecond(), true);
    }

    /** Until it is evicted or deleted. */
    public static Ttl never() {
        return NEVER;
    }

    /** Whether items live until they are evicted or deleted. */
    public boolean isNever() {
        return seconds == 0;
    }

    /** What the protocol wants to be told at a moment. */
    long exptime(long nowEpochSeconds) {
        return absolute || seconds <= MAX_RELATIVE_SECONDS ? seconds : nowEpochSeconds + seconds;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Ttl that && seconds == that.seconds && absolute == that.absolute;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(seconds);
    }

    @Override
    public String toString() {
        return isNever()
                ? "never"
                : absolute ? Instant.ofEpochSecond(seconds) + "" : seconds + " s";
    }
}
