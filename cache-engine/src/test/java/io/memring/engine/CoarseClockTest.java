package io.memring.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoarseClockTest {

    private static final long EPOCH = 1_700_000_000L;
    private static final int NOW = 500;

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 501",
        "2592000, 2592500",
        "-1, 1",
        "-2147483648, 1",
        "2592001, 1",
        "1700000000, 1",
        "1700000001, 1",
        "1700000600, 600",
        "2147483647, 447483647"
    })
    void relative_exptime_followsMemcachedsRule(int exptime, int expected) {
        assertThat(CoarseClock.relative(exptime, NOW, EPOCH)).isEqualTo(expected);
    }

    @Test
    void nowSeconds_start_leavesRoomForZeroAndOne() {
        assertThat(new CoarseClock().nowSeconds()).isEqualTo(2);
    }

    @Test
    void advance_seconds_areAdded() {
        CoarseClock clock = new CoarseClock();
        int before = clock.nowSeconds();
        clock.advance(100);

        assertThat(clock.nowSeconds()).isGreaterThanOrEqualTo(before + 100);
        assertThat(clock.relative(10)).isEqualTo(clock.nowSeconds() + 10);
    }
}
