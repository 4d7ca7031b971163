package io.memring.engine;

/**
 * The clock of a running node: a field that {@link #tick} sets from the monotonic clock, so that
 * jumps of the wall clock do not touch relative times. Whoever runs the node ticks it, several
 * times a second. Any thread may read.
 */
public final class CoarseClock implements EngineClock {

    /**
     * Seconds already on the clock when it starts, so that 0 and 1 can have a meaning of their own.
     */
    private static final int HEAD_START_SECONDS = 2;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final long startNanos = System.nanoTime();

    /** Unix second at which this clock would have shown 0. */
    private final long epochSeconds = System.currentTimeMillis() / 1000 - HEAD_START_SECONDS;

    private int advanceSeconds;
    private boolean paused;
    private volatile int nowSeconds = HEAD_START_SECONDS;

    @Override
    public int nowSeconds() {
        return nowSeconds;
    }

    @Override
    public int relative(int exptime) {
        return relative(exptime, nowSeconds, epochSeconds);
    }

    /** Reads the monotonic clock, unless paused. */
    public synchronized void tick() {
        if (!paused) {
            long elapsed = (System.nanoTime() - startNanos) / NANOS_PER_SECOND;
            nowSeconds = (int) (HEAD_START_SECONDS + elapsed + advanceSeconds);
        }
    }

    /**
     * Moves the clock, for the debugging command that tests use instead of waiting; paused or not.
     */
    public synchronized void advance(int seconds) {
        advanceSeconds += seconds;
        nowSeconds += seconds;
    }

    /** Stops the clock, for tests to which a second more or less matters. */
    public synchronized void pause() {
        paused = true;
    }

    /** Lets the clock go on, at the time that it would show had it not been paused. */
    public synchronized void resume() {
        paused = false;
        tick();
    }

    /**
     * The rule of {@link EngineClock#relative(int)}; {@code epochSeconds} is the unix time of
     * second 0.
     */
    static int relative(int exptime, int nowSeconds, long epochSeconds) {
        if (exptime == 0) {
            return 0;
        }
        if (exptime < 0) {
            return 1;
        }
        if (exptime <= RELATIVE_EXPTIME_MAX) {
            return nowSeconds + exptime;
        }
        return (int) Math.max(1, exptime - epochSeconds);
    }
}
