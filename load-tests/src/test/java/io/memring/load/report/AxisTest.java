package io.memring.load.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import java.util.List;

final class AxisTest {

    @Test
    void linear_anyMaximum_endsAtARoundNumber() {
        Axis axis = Axis.linear("", 173_000, Figures::rate);

        assertThat(labels(axis)).containsExactly("0/s", "50k/s", "100k/s", "150k/s", "200k/s");
        assertThat(axis.share(0)).isZero();
        assertThat(axis.share(50_000)).isEqualTo(0.25);
        assertThat(axis.share(200_000)).isEqualTo(1);
    }

    @Test
    void linear_maximumThatIsRound_hasNothingAbove() {
        assertThat(Axis.linear("", 100, Figures::compact).share(100)).isEqualTo(1);
    }

    @Test
    void linear_nothingButZero_isStillAnAxis() {
        assertThat(Axis.linear("", 0, Figures::rate).share(0)).isZero();
    }

    @Test
    void logarithmic_fewDecades_isMarkedInSteps() {
        Axis axis = Axis.logarithmic("", 95_000, 1_800_000, Figures::time);

        assertThat(labels(axis))
                .containsExactly("50 µs", "100 µs", "200 µs", "500 µs", "1 ms", "2 ms");
        assertThat(axis.share(50_000)).isZero();
        assertThat(axis.share(2_000_000)).isEqualTo(1);
    }

    @Test
    void logarithmic_manyDecades_isMarkedAtPowersOfTen() {
        Axis axis = Axis.logarithmic("", 30_000, 9_000_000, Figures::time);

        assertThat(labels(axis)).containsExactly("100 µs", "1 ms", "10 ms");
        assertThat(axis.share(1_000_000) - axis.share(100_000))
                .isCloseTo(axis.share(10_000_000) - axis.share(1_000_000), within(1e-9));
    }

    @Test
    void logarithmic_oneValue_isStillAnAxis() {
        assertThat(Axis.logarithmic("", 1000, 1000, Figures::time).share(1000)).isZero();
    }

    @Test
    void percentiles_moreNines_areEquallyFar() {
        Axis axis = Axis.percentiles("", 5000);

        assertThat(labels(axis)).containsExactly("0%", "50%", "90%", "99%", "99.9%", "99.99%");
        assertThat(axis.share(90)).isCloseTo(0.25, within(1e-9));
        assertThat(axis.share(99.9)).isCloseTo(0.75, within(1e-9));
        assertThat(axis.share(100)).isEqualTo(1);
    }

    @Test
    void seconds_shortRun_isInSeconds() {
        assertThat(labels(Axis.seconds("", 47)))
                .containsExactly("0 s", "10 s", "20 s", "30 s", "40 s");
    }

    @Test
    void seconds_longRun_isInMinutes() {
        assertThat(labels(Axis.seconds("", 3600)))
                .containsExactly("0:00", "10:00", "20:00", "30:00", "40:00", "50:00", "1:00:00");
    }

    private static List<String> labels(Axis axis) {
        return axis.ticks().stream().map(Axis.Tick::label).toList();
    }
}
