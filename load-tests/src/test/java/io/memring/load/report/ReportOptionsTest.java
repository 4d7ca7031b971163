package io.memring.load.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memring.load.result.LoadException;
import io.memring.load.result.LoadResult;
import io.memring.load.result.LoadRunner;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

final class ReportOptionsTest {

    @CommandLine.Command
    private static final class Host {
        @CommandLine.Mixin private final ReportOptions reports = new ReportOptions();
    }

    @TempDir private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<String> calls = new ArrayList<>();

    @Test
    void run_noOptions_printsATable() throws Exception {
        assertThat(run("--progress=lines")).hasSize(1);

        assertThat(calls).containsExactly("[own:1] 0");
        assertThat(out.toString()).isEqualTo(ResultText.of(SampleRuns.plain()));
        assertThat(err.toString().lines()).hasSize(47).first().asString().startsWith("0:01 fill");
    }

    @Test
    void run_allFiles_writesThem() throws Exception {
        run(
                "--progress=none",
                "--json=" + path("x.json"),
                "--csv=" + path("x.csv"),
                "--hlog=" + path("x.hlog"),
                "--html=" + path("x.html"));

        List<Side> sides = List.of(new Side("own:1", List.of(SampleRuns.plain())));
        assertThat(ResultFile.read(path("x.json"))).isEqualTo(sides);
        assertThat(path("x.csv")).hasContent(IntervalCsv.of(sides));
        assertThat(path("x.hlog")).hasContent(HdrLog.of(sides));
        assertThat(path("x.html")).hasContent(ReportPage.of(sides));
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void run_fileThatIsStandardOutput_hasItForItself() throws Exception {
        run("--progress=none", "--csv=-");

        assertThat(out.toString()).startsWith("side,round,").endsWith("\n");
        assertThat(err.toString()).isEqualTo(ResultText.of(SampleRuns.plain()));
    }

    @Test
    void run_compare_playsInTurns() throws Exception {
        assertThat(
                        run(
                                "--progress=lines",
                                "--compare",
                                "a:1,a:2",
                                "b:1",
                                "--rounds=3",
                                "--server-pid=7,8"))
                .hasSize(6);

        assertThat(calls)
                .containsExactly(
                        "[a:1, a:2] 7", "[b:1] 8", "a:1", "b:1", "a:1", "b:1", "a:1", "b:1");
        assertThat(err.toString()).contains("\n1/3 b:1 0:01 fill", "\n3/3 a:1,a:2 0:01 fill");
        assertThat(out.toString()).contains("CPU per request", "3 rounds; ");
    }

    @Test
    void run_compareFiles_runsNothing() throws Exception {
        write("old.json", new Side("x", List.of(SampleRuns.round(1, 90_000))));
        write("new.json", new Side("x", List.of(SampleRuns.round(2, 60_000))));

        run("--compare", path("new.json").toString(), path("old.json").toString());

        assertThat(calls).isEmpty();
        assertThat(out.toString()).contains(path("new") + " to " + path("old"));
    }

    @Test
    void run_from_runsNothing() throws Exception {
        write("x.json", new Side("x", List.of(SampleRuns.troubled())));

        run("--from=" + path("x.json"));

        assertThat(calls).isEmpty();
        assertThat(out.toString()).isEqualTo(ResultText.of(SampleRuns.troubled()));
    }

    @Test
    void run_whatCannotBe_isRefusedBeforeAnythingRuns() throws Exception {
        write("one.json", new Side("x", List.of(SampleRuns.plain())));
        Side side = new Side("x", List.of(SampleRuns.plain()));
        write("two.json", side, side);
        String one = path("one.json").toString();
        String two = path("two.json").toString();

        assertRefused("no such folder, or not ours", "--json=" + path("none/x.json"));
        assertRefused("two reports cannot both be", "--json=-", "--csv=-");
        assertRefused("can only be compared with another", "--compare", one, "b:1");
        assertRefused("is a comparison itself", "--compare", one, two);
        assertRefused("exclude each other", "--from=" + one, "--compare", "a:1", "b:1");
        assertRefused("--rounds has to be", "--rounds=0", "--compare", "a:1", "b:1");
        assertRefused("--progress has to be", "--progress=x");
        assertThat(calls).hasSize(1);
    }

    @Test
    void play_interruptedRound_isDroppedFromAComparison() throws Exception {
        LoadResult run = SampleRuns.plain();
        LoadResult broken =
                new LoadResult(
                        run.setup(),
                        run.intervals(),
                        run.totals(),
                        run.nodes(),
                        run.generator(),
                        null,
                        List.of(),
                        true);
        List<LoadResult> results = new ArrayList<>(List.of(run, run, run, broken));
        LoadRunner next = _ -> results.removeFirst();

        assertThat(turns(next, next).play(5)).allMatch(side -> side.rounds().size() == 1);
        assertThat(turns(_ -> broken).play(1)).hasSize(1);
        assertThatThrownBy(() -> turns(_ -> broken, next).play(1))
                .isInstanceOf(LoadException.class)
                .hasMessageContaining("nothing to compare");
    }

    private Turns turns(LoadRunner... runners) {
        return new Turns(
                Stream.of(runners).map(runner -> new Turns.Player("x", runner)).toList(),
                new ProgressPrinter(new PrintWriter(err), false));
    }

    private List<LoadResult> run(String... arguments) throws LoadException, InterruptedException {
        Host host = new Host();
        new CommandLine(host).parseArgs(arguments);
        return host.reports.run(
                List.of("own:1"), this::load, new PrintWriter(out), new PrintWriter(err));
    }

    private LoadRunner load(List<String> nodes, long pid) {
        calls.add(nodes + " " + pid);
        LoadResult result = SampleRuns.plain();
        return observer -> {
            if (nodes.size() > 1 || nodes.contains("b:1")) {
                calls.add(nodes.getFirst());
            }
            result.intervals().forEach(observer::onInterval);
            return result;
        };
    }

    private void assertRefused(String message, String... arguments) {
        assertThatThrownBy(() -> run(arguments))
                .isInstanceOf(LoadException.class)
                .hasMessageContaining(message);
    }

    private void write(String name, Side... sides) throws IOException {
        Files.writeString(path(name), ResultFile.write(List.of(sides)));
    }

    private Path path(String name) {
        return folder.resolve(name);
    }
}
