package io.memring.load.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RampSearchTest {

    /** More would make a ramp too long to wait for. */
    private static final int MAX_STEPS = 20;

    @ParameterizedTest
    @ValueSource(doubles = {1_000, 1_001, 7_777, 54_321, 99_999})
    void search_kneeInside_isFoundToFivePercent(double knee) {
        RampSearch search = new RampSearch(1_000, 100_000);
        double best = 0;
        int steps = 0;
        while (!search.isDone()) {
            double rate = search.rate();
            boolean good = rate <= knee;
            best = good ? Math.max(best, rate) : best;
            search.report(good);
            steps++;
        }
        assertThat(best).isBetween(knee / 1.05 - 1, knee);
        assertThat(steps).isLessThan(MAX_STEPS);
    }

    @Test
    void search_kneeAbove_endsAtTheTop() {
        RampSearch search = new RampSearch(1_000, 2_000);
        double last = 0;
        while (!search.isDone()) {
            last = search.rate();
            search.report(true);
        }
        assertThat(last).isEqualTo(2_000);
    }

    @Test
    void search_kneeBelow_endsAtOnce() {
        RampSearch search = new RampSearch(1_000, 2_000);
        search.report(false);
        assertThat(search.isDone()).isTrue();
    }
}
