package io.memring.server.connection;

import java.util.function.DoubleSupplier;

/**
 * Decides, once a second, whether workers are pinned.
 *
 * <p>Linux chooses a processor for a thread each time that it wakes. At some loads, of few requests
 * at a time, it chooses badly: it wakes workers where their client runs while another processor
 * idles, and they wait for as long as they run. Pinned, each to one processor, they hardly do. But
 * a pinned worker cannot move out of another program's way, and at lower loads Linux chooses well.
 * So workers are pinned when they wait much although every processor idles now and then. They are
 * let go when one hardly idles; when they hardly wait any more, for then the load has fallen; and
 * from time to time, to see whether they would wait still. Where pinning does not help, it is tried
 * ever more rarely. For one thread.
 */
final class PinningRule {
    /** Free workers are judged by so many runs; fewer may be mostly those that open connections. */
    private static final int JUDGED_RUNS = 10_000;

    /** Pinned ones by more of them, so that one bad second among good ones does not end it. */
    private static final int JUDGED_RUNS_PINNED = 30_000;

    /** Pinned when they wait for more than a third of the time that they run, or else let go. */
    private static final int MUCH = 3;

    /** Let go when they wait for less than a twentieth of it. */
    private static final int HARDLY = 20;

    /** Of each processor's time. Beside a program that never sleeps, one has next to none. */
    private static final double MIN_IDLE = 0.2;

    private static final int PINNED_SECONDS = 30;
    private static final int MIN_PAUSE_SECONDS = 4;
    private static final int MAX_PAUSE_SECONDS = 512;

    private boolean pinned;

    /** Until pinned workers are let go, or others may be pinned. */
    private int secondsLeft;

    /** After the next time that pinning does not help; half as long after a term when it does. */
    private int pauseSeconds = MIN_PAUSE_SECONDS;

    /** Not judged yet. */
    private SchedStat seen = SchedStat.NONE;

    /**
     * Decides about the next second.
     *
     * @param crowds whether requests come in crowds: then workers wait for good reasons
     * @param leastIdle tells the part of the last second that a processor idled, of the one that
     *     idled least; asked only where workers are pinned or have waited much
     * @param lastSecond of all workers together
     * @return whether they are to be pinned
     */
    boolean decide(boolean crowds, DoubleSupplier leastIdle, SchedStat lastSecond) {
        boolean idleMatters = pinned || waited(MUCH, lastSecond);
        boolean busy = crowds || idleMatters && leastIdle.getAsDouble() < MIN_IDLE;
        secondsLeft--;
        seen = seen.plus(lastSecond);
        if (pinned && busy) {
            letGo(0);
        } else if (pinned && secondsLeft <= 0) {
            pauseSeconds = Math.max(pauseSeconds / 2, MIN_PAUSE_SECONDS);
            letGo(0);
        } else if (busy) {
            seen = SchedStat.NONE;
        } else if (seen.runs() >= (pinned ? JUDGED_RUNS_PINNED : JUDGED_RUNS)) {
            judge();
            seen = SchedStat.NONE;
        }
        return pinned;
    }

    private void judge() {
        if (!pinned) {
            if (secondsLeft <= 0 && waited(MUCH, seen)) {
                pinned = true;
                secondsLeft = PINNED_SECONDS;
            }
        } else if (waited(MUCH, seen)) {
            letGo(pauseSeconds);
            pauseSeconds = Math.min(2 * pauseSeconds, MAX_PAUSE_SECONDS);
        } else if (!waited(HARDLY, seen)) {
            letGo(0);
        }
    }

    private void letGo(int pause) {
        pinned = false;
        secondsLeft = pause;
        seen = SchedStat.NONE;
    }

    /** Whether they waited for more than a part of the time that they ran. */
    private static boolean waited(int part, SchedStat stat) {
        return stat.waitedNanos() > stat.ranNanos() / part;
    }
}
