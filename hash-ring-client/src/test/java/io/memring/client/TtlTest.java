package io.memring.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;

final class TtlTest {
    private static final long NOW = 1_800_000_000;

    @Test
    void exptime_upToThirtyDays_isRelative() {
        assertThat(Ttl.of(Duration.ofSeconds(60)).exptime(NOW)).isEqualTo(60);
        assertThat(Ttl.of(Duration.ofDays(30)).exptime(NOW)).isEqualTo(2_592_000);
        assertThat(Ttl.of(Duration.ofMillis(1)).exptime(NOW)).isEqualTo(1);
        assertThat(Ttl.of(Duration.ofMillis(1001)).exptime(NOW)).isEqualTo(2);
    }

    @Test
    void exptime_beyondThirtyDays_isAbsolute() {
        assertThat(Ttl.of(Duration.ofDays(31)).exptime(NOW)).isEqualTo(NOW + 31 * 86_400);
        assertThat(Ttl.at(Instant.ofEpochSecond(NOW + 5)).exptime(NOW)).isEqualTo(NOW + 5);
    }

    @Test
    void never_isZeroOnTheWire() {
        assertThat(Ttl.never().exptime(NOW)).isZero();
        assertThat(Ttl.never().isNever()).isTrue();
        assertThat(Ttl.never()).hasToString("never");
    }

    @Test
    void of_nothing_isRefused() {
        assertThatThrownBy(() -> Ttl.of(Duration.ZERO)).hasMessageContaining("ttl=PT0S");
        assertThatThrownBy(() -> Ttl.of(Duration.ofSeconds(-1))).hasMessageContaining("ttl=");
        assertThatThrownBy(() -> Ttl.at(Instant.EPOCH)).hasMessageContaining("ttl=");
    }

    @Test
    void equals_sameLife_isEqual() {
        assertThat(Ttl.of(Duration.ofMinutes(1))).isEqualTo(Ttl.of(Duration.ofSeconds(60)));
        assertThat(Ttl.of(Duration.ofMinutes(1))).isNotEqualTo(Ttl.never());
    }
}
