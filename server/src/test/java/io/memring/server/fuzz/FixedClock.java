package io.memring.server.fuzz;

import io.memring.engine.EngineClock;

/** A clock that starts at the same unix time in every run and goes on when it is told to. */
final class FixedClock implements EngineClock {
    private static final int THIRTY_DAYS = 60 * 60 * 24 * 30;
    private static final int START_UNIX_SECONDS = 1_700_000_000;

    private int nowSeconds = 2;

    @Override
    public int nowSeconds() {
        return nowSeconds;
    }

    @Override
    public int relative(int exptime) {
        if (exptime == 0) {
            return 0;
        }
        if (exptime < 0) {
            return 1;
        }
        return exptime <= THIRTY_DAYS
                ? nowSeconds + exptime
                : Math.max(1, exptime - START_UNIX_SECONDS);
    }

    void tick() {
        nowSeconds++;
    }
}
