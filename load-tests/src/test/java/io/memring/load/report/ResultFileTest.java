package io.memring.load.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memring.load.result.LoadException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

final class ResultFileTest {

    @TempDir private Path folder;

    @Test
    void read_whatWasWritten_isEqual() throws IOException, LoadException {
        List<Side> sides =
                List.of(
                        new Side("one", List.of(SampleRuns.plain(), SampleRuns.round(3, 70_000))),
                        new Side("other", List.of(SampleRuns.troubled())));
        Path file = Files.writeString(folder.resolve("x.json"), ResultFile.write(sides));

        assertThat(ResultFile.read(file)).isEqualTo(sides);
    }

    @Test
    void read_whatWasWritten_keepsTheOrderOfStatisticsAndSettings()
            throws IOException, LoadException {
        List<Side> sides = List.of(new Side("one", List.of(SampleRuns.plain())));
        Path file = Files.writeString(folder.resolve("x.json"), ResultFile.write(sides));

        assertThat(ReportPage.of(ResultFile.read(file))).isEqualTo(ReportPage.of(sides));
    }

    @Test
    void write_latencies_alsoInFiguresForPeople() {
        assertThat(ResultFile.write(List.of(new Side("one", List.of(SampleRuns.plain())))))
                .contains("\"p99Nanos\" : ", "\"histogram\" : \"", "\"2026-11-21T10:00:00Z\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{}",
                "null",
                "{\"format\":\"other\",\"version\":1,\"sides\":[]}",
                "{\"format\":\"memring-load\",\"version\":1,\"sides\":[{\"name\":\"x\",\"rounds\":[]}]}",
                "{\"format\":\"memring-load\",\"version\":1,\"sides\":[{\"name\":\"x\","
                        + "\"rounds\":[{\"intervals\":[]}]}]}"
            })
    void read_anythingElse_saysSo(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("x.json"), text);

        assertThatThrownBy(() -> ResultFile.read(file))
                .isInstanceOf(LoadException.class)
                .hasMessage(file + " is not a result that --json has written");
    }

    @Test
    void read_noFile_saysSo() {
        Path file = folder.resolve("none.json");

        assertThatThrownBy(() -> ResultFile.read(file))
                .isInstanceOf(LoadException.class)
                .hasMessageStartingWith("cannot read " + file);
    }
}
