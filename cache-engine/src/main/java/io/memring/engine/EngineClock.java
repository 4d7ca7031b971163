package io.memring.engine;

/**
 * The engine's time in whole seconds, counted from a moment shortly before the process started so
 * that every moment of its life is at least 2. Implementations answer from a field: reading the
 * clock costs no system call.
 */
public interface EngineClock {

    /** Exptimes up to this many seconds (30 days) are relative, larger ones absolute unix times. */
    int RELATIVE_EXPTIME_MAX = 60 * 60 * 24 * 30;

    /** Seconds now; at least 2, never going back. */
    int nowSeconds();

    /**
     * The moment an exptime as sent by a client means: 0 for never, otherwise at least 1. Negative
     * exptimes have already passed; those up to {@link #RELATIVE_EXPTIME_MAX} count from now;
     * larger ones are unix times.
     */
    int relative(int exptime);
}
