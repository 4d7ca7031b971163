package io.memring.sasl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.TimeUnit;

/** Failed logins by address. */
class FailureLimiterTest {
    private long now = Long.MAX_VALUE - 5;

    private final FailureLimiter limiter = new FailureLimiter(10, () -> now);

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private void fail(String address, int times) {
        for (int i = 0; i < times; i++) {
            limiter.recordFailure(address(address));
        }
    }

    @Test
    void tenFailures_blockTheAddressAlone() {
        fail("10.0.0.1", 9);
        assertThat(limiter.isBlocked(address("10.0.0.1"))).isFalse();

        fail("10.0.0.1", 1);

        assertThat(limiter.isBlocked(address("10.0.0.1"))).isTrue();
        assertThat(limiter.isBlocked(address("10.0.0.2"))).isFalse();
    }

    @Test
    void blockedAddress_mayTryOnceMoreEverySixSeconds() {
        fail("10.0.0.1", 10);

        now += TimeUnit.SECONDS.toNanos(6);
        assertThat(limiter.isBlocked(address("10.0.0.1"))).isFalse();
        fail("10.0.0.1", 1);
        assertThat(limiter.isBlocked(address("10.0.0.1"))).isTrue();
    }

    @Test
    void afterAMinute_allIsForgotten() {
        fail("10.0.0.1", 10);
        now += TimeUnit.MINUTES.toNanos(1);

        fail("10.0.0.1", 9);

        assertThat(limiter.isBlocked(address("10.0.0.1"))).isFalse();
    }

    @Test
    void ipv6_firstHalfOfTheAddressCounts() {
        fail("2001:db8:0:1::1", 5);
        fail("2001:db8:0:1:ffff::2", 5);

        assertThat(limiter.isBlocked(address("2001:db8:0:1::3"))).isTrue();
        assertThat(limiter.isBlocked(address("2001:db8:0:2::1"))).isFalse();
    }

    @Test
    void manyAddresses_oldestAreForgotten() {
        for (int i = 0; i < 100_000; i++) {
            limiter.recordFailure(address("10.%d.%d.1".formatted(i >> 8 & 0xFF, i & 0xFF)));
            limiter.recordFailure(address("11.%d.%d.1".formatted(i >> 8 & 0xFF, i & 0xFF)));
        }

        assertThat(limiter.size()).isEqualTo(65_536);
    }

    @Test
    void noLimit_blocksNobody() {
        FailureLimiter none = new FailureLimiter(0, () -> now);
        for (int i = 0; i < 1000; i++) {
            none.recordFailure(address("10.0.0.1"));
        }

        assertThat(none.isBlocked(address("10.0.0.1"))).isFalse();
        assertThat(none.size()).isZero();
    }
}
