package io.memring.server.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

final class PinningRuleTest {
    private static final int ENOUGH_RUNS = 10_000;
    private static final int ENOUGH_RUNS_PINNED = 30_000;
    private static final double IDLE = 0.2;
    private static final double BUSY = 0.19;
    private static final int TERM_SECONDS = 30;

    private final PinningRule rule = new PinningRule();

    @Test
    void littleWaiting_leavesWorkersWhereTheyAre() {
        assertThat(second(33)).isFalse();
        assertThat(second(33)).isFalse();
    }

    @Test
    void muchWaiting_pins_andLittleKeepsThem() {
        assertThat(second(34)).isTrue();
        assertThat(second(33)).isTrue();
        assertThat(second(6)).isTrue();
    }

    @Test
    void hardlyAnyWaiting_letsGo_untilTheyWaitAgain() {
        assertThat(second(90)).isTrue();
        assertThat(second(5)).isFalse();
        assertThat(second(90)).isTrue();
    }

    @Test
    void crowds_areNotPinned_andLetGoAtOnce() {
        assertThat(decide(true, IDLE, stat(90, ENOUGH_RUNS))).isFalse();
        assertThat(second(90)).isTrue();
        assertThat(decide(true, IDLE, stat(10, ENOUGH_RUNS))).isFalse();
        assertThat(second(90)).isTrue();
    }

    @Test
    void busyProcessor_keepsWorkersFree_andLetsGoAtOnce() {
        assertThat(decide(false, BUSY, stat(90, ENOUGH_RUNS))).isFalse();
        assertThat(second(90)).isTrue();
        assertThat(decide(false, BUSY, stat(10, ENOUGH_RUNS))).isFalse();
        assertThat(second(90)).isTrue();
    }

    @Test
    void idleProcessors_areOfNoInterest_whereWorkersDoNotWait() {
        DoubleSupplier unknown =
                () -> {
                    throw new AssertionError("asked for");
                };
        assertThat(rule.decide(false, unknown, stat(33, ENOUGH_RUNS))).isFalse();
        assertThat(rule.decide(true, unknown, stat(90, ENOUGH_RUNS))).isFalse();
    }

    @Test
    void whatCrowdsHaveWaited_isNotJudged() {
        assertThat(decide(true, IDLE, stat(90, ENOUGH_RUNS))).isFalse();
        assertThat(second(10)).isFalse();
    }

    @Test
    void fewRuns_areJudgedTogether() {
        assertThat(decide(false, IDLE, stat(90, ENOUGH_RUNS / 2))).isFalse();
        assertThat(decide(false, IDLE, stat(90, ENOUGH_RUNS / 2 - 1))).isFalse();
        assertThat(decide(false, IDLE, stat(90, 1))).isTrue();
    }

    @Test
    void pinnedWorkers_areJudgedByMoreRuns() {
        assertThat(second(90)).isTrue();
        assertThat(decide(false, IDLE, stat(60, ENOUGH_RUNS))).isTrue();
        assertThat(decide(false, IDLE, stat(20, ENOUGH_RUNS))).isTrue();
        assertThat(decide(false, IDLE, stat(20, ENOUGH_RUNS))).isTrue();
        assertThat(decide(false, IDLE, stat(60, ENOUGH_RUNS))).isTrue();
        assertThat(decide(false, IDLE, stat(20, ENOUGH_RUNS))).isTrue();
        assertThat(decide(false, IDLE, stat(21, ENOUGH_RUNS))).isFalse();
    }

    @Test
    void noRuns_keepThingsAsTheyAre() {
        assertThat(decide(false, IDLE, SchedStat.NONE)).isFalse();
        assertThat(second(90)).isTrue();
        assertThat(decide(false, IDLE, SchedStat.NONE)).isTrue();
    }

    @Test
    void term_ends_untilTheyWaitAgain() {
        assertThat(second(90)).isTrue();
        assertThat(secondsUntil(false, 10)).isEqualTo(TERM_SECONDS);
        assertThat(second(10)).isFalse();
        assertThat(second(90)).isTrue();
    }

    @Test
    void pinningThatDoesNotHelp_isTriedEverMoreRarely() {
        for (int seconds : new int[] {1, 4, 8, 16, 32, 64, 128, 256, 512, 512}) {
            assertThat(secondsUntil(true, 90)).isEqualTo(seconds);
            assertThat(second(34)).isFalse();
        }
    }

    @Test
    void pinningThatHelpsForItsTerm_halvesThePause() {
        for (int i = 0; i < 4; i++) {
            int _ = secondsUntil(true, 90);
            assertThat(second(90)).isFalse();
        }
        assertThat(secondsUntil(true, 90)).isEqualTo(32);
        assertThat(secondsUntil(false, 10)).isEqualTo(TERM_SECONDS);
        assertThat(second(90)).isTrue();
        assertThat(second(90)).isFalse();
        assertThat(secondsUntil(true, 90)).isEqualTo(32);
        assertThat(second(90)).isFalse();
        assertThat(secondsUntil(true, 90)).isEqualTo(64);
    }

    @Test
    void pinningThatHelpsForPartOfItsTerm_isNotTriedSooner() {
        assertThat(second(90)).isTrue();
        assertThat(second(90)).isFalse();
        assertThat(secondsUntil(true, 90)).isEqualTo(4);
        assertThat(second(10)).isTrue();
        assertThat(second(90)).isFalse();
        assertThat(secondsUntil(true, 90)).isEqualTo(8);
    }

    /** How many seconds like this one it takes. */
    private int secondsUntil(boolean pinned, int waitedPercent) {
        int seconds = 1;
        while (second(waitedPercent) != pinned) {
            seconds++;
            assertThat(seconds).isLessThan(1000);
        }
        return seconds;
    }

    /** Enough to judge by, pinned or not. */
    private boolean second(int waitedPercent) {
        return decide(false, IDLE, stat(waitedPercent, ENOUGH_RUNS_PINNED));
    }

    private boolean decide(boolean crowds, double leastIdle, SchedStat lastSecond) {
        return rule.decide(crowds, () -> leastIdle, lastSecond);
    }

    private static SchedStat stat(int waitedPercent, int runs) {
        return new SchedStat(
                TimeUnit.MILLISECONDS.toNanos(100),
                TimeUnit.MILLISECONDS.toNanos(waitedPercent),
                runs);
    }
}
