package io.memring.load.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.memring.load.result.LoadResult;
import io.memring.load.result.NodeFigures;

import org.junit.jupiter.api.Test;

import java.util.List;

final class ComparisonTest {

    private static final List<LoadResult> SLOW =
            List.of(
                    SampleRuns.round(1, 90_000),
                    SampleRuns.round(2, 120_000),
                    SampleRuns.round(3, 99_000));
    private static final List<LoadResult> FAST =
            List.of(
                    SampleRuns.round(4, 60_000),
                    SampleRuns.round(5, 60_000),
                    SampleRuns.round(6, 66_000));

    @Test
    void lines_cpu_comparesTheLeastAndEachRound() {
        Comparison.Line line = line(Measure.CPU);

        assertThat(line.first()).isCloseTo(2000, within(10.0));
        assertThat(line.second()).isCloseTo(3000, within(10.0));
        assertThat(line.ratio()).isCloseTo(0.667, within(0.001));
        assertThat(line.ratios().get(1)).isCloseTo(0.5, within(0.001));
        assertThat(line.spread().median()).isCloseTo(0.667, within(0.001));
        assertThat(line.spread().low()).isCloseTo(0.5, within(0.001));
    }

    @Test
    void lines_rate_comparesTheHighest() {
        assertThat(line(Measure.RATE).first())
                .isEqualTo(
                        FAST.stream().mapToDouble(r -> r.totals().requestRate()).max().orElse(0));
    }

    @Test
    void lines_latency_comparesTheMedian() {
        assertThat(line(Measure.P50).second())
                .isEqualTo((double) SLOW.get(2).totals().all().latencies().nanosAt(50));
    }

    @Test
    void lines_cpuNotKnownOfOneSide_isLeftOut() {
        LoadResult run = SLOW.getFirst();
        NodeFigures node = run.nodes().getFirst();
        LoadResult unknown =
                new LoadResult(
                        run.setup(),
                        run.intervals(),
                        run.totals(),
                        List.of(
                                new NodeFigures(
                                        node.node(), node.statsBefore(), node.statsAfter(), null)),
                        run.generator(),
                        null,
                        List.of(),
                        false);
        Comparison comparison =
                new Comparison(new Side("a", FAST), new Side("b", List.of(unknown)));

        assertThat(comparison.lines())
                .extracting(Comparison.Line::measure)
                .containsExactly(Measure.RATE, Measure.P50, Measure.P99, Measure.P999);
        assertThat(comparison.rounds()).isEqualTo(1);
    }

    @Test
    void text_ofComparison_isATable() {
        String text = ComparisonText.of(comparison());

        assertThat(text.lines().map(line -> line.strip().replaceAll(" {2,}", "|")))
                .contains("fast|slow|ratio|pairwise|quartiles|range")
                .contains(
                        "CPU per request|2.00 µs|3.00 µs|0.667|0.667|0.583 – 0.667|0.500 – 0.667");
        assertThat(text).contains("\n3 rounds; figures are the best of them ");
    }

    @Test
    void pooled_rounds_areOneRun() {
        LoadResult pooled = new Side("fast", FAST).pooled();

        assertThat(pooled.intervals()).hasSize(3 * 40);
        assertThat(pooled.intervals().getLast().startNanos()).isEqualTo(119_000_000_000L);
        assertThat(pooled.totals().lengthNanos()).isEqualTo(120_000_000_000L);
        assertThat(pooled.totals().all().counts().requests())
                .isEqualTo(
                        FAST.stream().mapToLong(r -> r.totals().all().counts().requests()).sum());
        assertThat(pooled.totals().all().latencies().count())
                .isEqualTo(
                        FAST.stream().mapToLong(r -> r.totals().all().latencies().count()).sum());
        assertThat(pooled.serverNanosPerRequest()).isCloseTo(2066, within(50.0));
    }

    @Test
    void quantiles_ofFour_areInterpolated() {
        assertThat(Quantiles.of(4, 1, 3, 2)).isEqualTo(new Quantiles(1, 1.75, 2.5, 3.25, 4));
    }

    private static Comparison.Line line(Measure measure) {
        return comparison().lines().stream()
                .filter(line -> line.measure() == measure)
                .findFirst()
                .orElseThrow();
    }

    private static Comparison comparison() {
        return new Comparison(new Side("fast", FAST), new Side("slow", SLOW));
    }
}
