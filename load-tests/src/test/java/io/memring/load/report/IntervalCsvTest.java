package io.memring.load.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;

final class IntervalCsvTest {

    @Test
    void of_run_hasALineForEachKindOfEachInterval() {
        List<String> lines =
                IntervalCsv.of(List.of(new Side("node", List.of(SampleRuns.plain()))))
                        .lines()
                        .toList();

        assertThat(lines.getFirst()).startsWith("side,round,phase,start_s,length_s,command,");
        assertThat(lines).hasSize(1 + 3 * 2 + 44 * 4);
        assertThat(lines.get(1)).startsWith("node,1,fill,0.000,1.000,set,");
        assertThat(lines.getLast()).startsWith("node,1,measure,46.000,1.000,all,");
        assertThat(lines).allSatisfy(line -> assertThat(line.split(",", -1)).hasSize(20));
    }

    @Test
    void of_severalRounds_numbersThem() {
        Side side = new Side("a,\"b\"", List.of(SampleRuns.plain(), SampleRuns.plain()));

        assertThat(IntervalCsv.of(List.of(side)))
                .contains("\n\"a,\"\"b\"\"\",1,fill,", "\n\"a,\"\"b\"\"\",2,fill,");
    }
}
