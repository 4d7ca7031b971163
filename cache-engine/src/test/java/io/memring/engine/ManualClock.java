package io.memring.engine;

/** A clock that stands still until a test moves it. */
public final class ManualClock implements EngineClock {

    /** Unix time of second 0. */
    public static final long EPOCH_SECONDS = 1_700_000_000L;

    private volatile int nowSeconds = 2;

    @Override
    public int nowSeconds() {
        return nowSeconds;
    }

    @Override
    public int relative(int exptime) {
        return CoarseClock.relative(exptime, nowSeconds, EPOCH_SECONDS);
    }

    public synchronized void advance(int seconds) {
        nowSeconds += seconds;
    }
}
