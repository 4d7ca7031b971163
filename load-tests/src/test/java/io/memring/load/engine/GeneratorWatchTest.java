package io.memring.load.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.memring.load.result.GeneratorFigures;
import io.memring.load.result.LoadObserver;
import io.memring.load.result.Note;
import io.memring.load.result.Phase;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;

final class GeneratorWatchTest {
    private static final long SECOND = 1_000_000_000L;

    private final GeneratorWatch watch = new GeneratorWatch();

    /** A leg of a second, of which each thread ran so many hundredths, and starved so many. */
    private static LegMonitor leg(int... percents) {
        int threads = percents.length / 2;
        LegMonitor leg =
                new LegMonitor(
                        Phase.MEASURE,
                        threads,
                        0,
                        LoadObserver.NONE,
                        new Tallies(),
                        new ArrayList<>());
        for (int i = 0; i < threads; i++) {
            ThreadTimes times =
                    new ThreadTimes(
                            percents[2 * i] * SECOND / 100, percents[2 * i + 1] * SECOND / 100);
            leg.add(new ThreadSample(i, 0, 0, SECOND, times, 1, true, new Recorder().drain()));
        }
        return leg;
    }

    private @Nullable Note note() {
        return GeneratorWatch.note(watch.figures(0));
    }

    @Test
    void figures_legsOfSeveralThreads_areSumsAndExtremes() {
        watch.add(leg(20, 1, 50, 3));
        watch.add(leg(40, 7, 10, 0));

        GeneratorFigures figures = watch.figures(500);

        assertThat(figures.cpuNanos()).isEqualTo(120 * SECOND / 100);
        assertThat(figures.busiestThread()).isCloseTo(0.5, within(1e-9));
        assertThat(figures.mostStarvedThread()).isCloseTo(0.07, within(1e-9));
        assertThat(figures.sendLagNanos()).isEqualTo(500);
        assertThat(figures.wasLimit()).isFalse();
        assertThat(note()).isNull();
    }

    @Test
    void note_threadThatIsAlwaysBusy_warns() {
        watch.add(leg(10, 0, 91, 0));

        assertThat(watch.figures(0).wasLimit()).isTrue();
        assertThat(note())
                .isEqualTo(
                        Note.warning(
                                "the generator was the limit: a load thread was busy 91 % of the"
                                        + " time, and one waited 0 % of the time for a processor;"
                                        + " use more threads or another machine"));
    }

    @Test
    void note_threadThatRunsOrWaitsToRun_warns() {
        watch.add(leg(60, 35));

        assertThat(watch.figures(0).wasLimit()).isTrue();
        assertThat(note())
                .matches(note -> note != null && note.kind() == Note.Kind.WARNING)
                .asString()
                .contains("busy 60 %", "waited 35 %");
    }

    @Test
    void note_threadThatWaitsToRunNowAndThen_explains() {
        watch.add(leg(60, 12));

        assertThat(watch.figures(0).wasLimit()).isFalse();
        assertThat(note())
                .isEqualTo(
                        Note.info(
                                "a load thread waited 12 % of the time for a processor, which"
                                        + " latencies include"));
    }

    @Test
    void note_requestsThatGoOutLate_warns() {
        watch.add(leg(10, 0));

        GeneratorFigures figures = watch.figures(1_500_000);

        assertThat(figures.wasLimit()).isTrue();
        assertThat(GeneratorWatch.note(figures))
                .asString()
                .contains("1 % of the requests went out more than 1.5 ms late");
    }

    @Test
    void starved_figuresOfTheKernel_isTheSecond() {
        assertThat(ThreadTimes.starved("13000 4700 21\n")).isEqualTo(4700);
    }

    @Test
    void ofThisThread_afterWork_hasRun() throws IOException {
        ThreadTimes before = ThreadTimes.ofThisThread();
        long sum = 0;
        for (int i = 0; i < 10_000_000; i++) {
            sum += Long.hashCode(i * 0x9E3779B97F4A7C15L);
        }
        ThreadTimes spent = ThreadTimes.ofThisThread().since(before);

        assertThat(sum).isNotZero();
        assertThat(spent.cpuNanos()).isPositive();
        assertThat(spent.starvedNanos()).isNotNegative();
    }
}
