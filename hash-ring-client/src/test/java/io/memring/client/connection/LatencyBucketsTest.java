package io.memring.client.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LatencyBucketsTest {

    @Test
    void longest_ofItsBucket_isAtMostAnEighthMore() {
        for (long nanos = 0; nanos < 30_000_000_000L; nanos += 1 + nanos / 10) {
            long longest = LatencyBuckets.longest(LatencyBuckets.index(nanos));

            assertThat(longest).isBetween(nanos, nanos + nanos / 8);
        }
    }

    @Test
    void index_anything_isInRange() {
        assertThat(LatencyBuckets.index(-1)).isZero();
        assertThat(LatencyBuckets.index(Long.MAX_VALUE)).isEqualTo(LatencyBuckets.COUNT - 1);
        for (int i = 0; i < LatencyBuckets.COUNT; i++) {
            assertThat(LatencyBuckets.index(LatencyBuckets.longest(i))).isEqualTo(i);
        }
    }
}
