package io.memring.load.report;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.memring.load.result.LoadResult;

import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

final class HdrLogTest {

    @Test
    void of_run_isReadByHdrHistogram() {
        LoadResult run = SampleRuns.plain();
        List<EncodableHistogram> histograms =
                read(HdrLog.of(List.of(new Side("node", List.of(run)))));

        Histogram all = run.totals().all().latencies().toHistogram();
        all.reset();
        histograms.stream()
                .filter(histogram -> histogram.getTag() == null)
                .forEach(histogram -> all.add((Histogram) histogram));
        assertThat(all).isEqualTo(run.totals().all().latencies().toHistogram());
        assertThat(histograms.getFirst().getStartTimeStamp())
                .isEqualTo(run.setup().startedAt().toEpochMilli() + 7000);
        assertThat(tags(histograms)).containsExactly("get", "multiget", "set");
    }

    @Test
    void of_comparison_tagsWithBothNames() {
        Side one = new Side("a, b", List.of(SampleRuns.plain()));
        Side other = new Side("c", List.of(SampleRuns.plain()));

        assertThat(tags(read(HdrLog.of(List.of(one, other)))))
                .containsExactly(
                        "a__b",
                        "a__b-get",
                        "a__b-multiget",
                        "a__b-set",
                        "c",
                        "c-get",
                        "c-multiget",
                        "c-set");
    }

    private static List<EncodableHistogram> read(String log) {
        HistogramLogReader reader =
                new HistogramLogReader(new ByteArrayInputStream(log.getBytes(UTF_8)));
        List<EncodableHistogram> histograms = new ArrayList<>();
        while (reader.hasNext()) {
            histograms.add(reader.nextIntervalHistogram());
        }
        return histograms;
    }

    private static List<String> tags(List<EncodableHistogram> histograms) {
        return histograms.stream()
                .map(EncodableHistogram::getTag)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }
}
