package io.memring.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConnectionLimitTest {

    private final ConnectionLimit limit = new ConnectionLimit(2);

    @Test
    void tryEnter_allPlacesTaken_isRefusedUntilOneLeaves() {
        assertThat(limit.tryEnter()).isTrue();
        assertThat(limit.isReached()).isFalse();
        assertThat(limit.tryEnter()).isTrue();
        assertThat(limit.isReached()).isTrue();
        assertThat(limit.tryEnter()).isFalse();

        limit.leave();

        assertThat(limit.tryEnter()).isTrue();
    }

    @Test
    void awaitNoneOpen_lastOneLeaves_returns() throws InterruptedException {
        limit.enter();
        Thread leaving = Thread.ofPlatform().start(limit::leave);

        limit.awaitNoneOpen(Long.MAX_VALUE / 2_000_000);

        leaving.join();
        assertThat(limit.tryEnter()).isTrue();
    }

    @Test
    void awaitNoneOpen_oneStays_returnsInTheEnd() throws InterruptedException {
        limit.enter();

        limit.awaitNoneOpen(1);

        assertThat(limit.isReached()).isFalse();
    }

    @Test
    void resetStats_rejected_isZero() {
        limit.countRejected();
        assertThat(limit.rejected()).isOne();

        limit.resetStats();

        assertThat(limit.rejected()).isZero();
    }
}
