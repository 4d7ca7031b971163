package io.memring.load.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.memring.load.result.Interval;
import io.memring.load.result.LoadResult;
import io.memring.load.result.Phase;

import org.junit.jupiter.api.Test;

import java.util.Collections;
import java.util.List;

final class TimelineTest {

    @Test
    void of_shortRun_keepsItsIntervals() {
        LoadResult run = SampleRuns.plain();

        assertThat(Timeline.of(run.intervals()).intervals()).isEqualTo(run.intervals());
    }

    @Test
    void of_longRun_joinsIntervalsOfOnePhase() {
        LoadResult rounds = new Side("", Collections.nCopies(16, SampleRuns.plain())).pooled();
        Timeline timeline = Timeline.of(rounds.intervals());

        assertThat(timeline.intervals()).hasSizeBetween(100, 300);
        assertThat(timeline.end()).isEqualTo(640);
        assertThat(timeline.intervals().stream().mapToLong(Interval::lengthNanos).sum())
                .isEqualTo(640_000_000_000L);
        assertThat(timeline.intervals().stream().mapToLong(i -> i.all().counts().requests()).sum())
                .isEqualTo(rounds.totals().all().counts().requests());
    }

    @Test
    void bands_ofRun_areWhatIsNotMeasured() {
        assertThat(Timeline.of(SampleRuns.plain().intervals()).bands())
                .isEqualTo(
                        List.of(
                                new Chart.Band(0, 3, Progress.label(Phase.FILL)),
                                new Chart.Band(3, 7, Progress.label(Phase.WARM_UP))));
    }
}
