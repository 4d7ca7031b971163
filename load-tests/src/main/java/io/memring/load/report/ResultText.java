package io.memring.load.report;

import io.memring.load.result.CommandFigures;
import io.memring.load.result.Counts;
import io.memring.load.result.LoadResult;
import io.memring.load.result.NodeFigures;
import io.memring.load.result.Note;
import io.memring.load.result.Ramp;
import io.memring.load.result.RunSetup;
import io.memring.load.result.Totals;
import io.memring.load.result.Traffic;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A finished run as a page of text. */
final class ResultText {

    private final LoadResult result;
    private final Totals totals;
    private final StringBuilder text = new StringBuilder();

    private ResultText(LoadResult result) {
        this.result = result;
        this.totals = result.totals();
    }

    /** The page, with a line feed at its end. */
    static String of(LoadResult result) {
        ResultText page = new ResultText(result);
        page.head();
        page.commands();
        page.latencySinceSent();
        page.costs();
        page.ramp();
        page.failures();
        page.notes();
        return page.text.toString();
    }

    private void head() {
        RunSetup setup = result.setup();
        line(setup.label() + " on " + String.join(", ", setup.nodes()) + ": " + measured());
        line(SetupText.summary(setup) + ", seed " + setup.seed());
        if (!setup.settings().isEmpty()) {
            line(
                    setup.settings().entrySet().stream()
                            .map(Object::toString)
                            .collect(Collectors.joining(", ")));
        }
    }

    private String measured() {
        return Figures.time(totals.lengthNanos())
                + " measured"
                + (result.interrupted() ? ", then interrupted" : "");
    }

    private void commands() {
        TextTable table = new TextTable();
        commandRows(totals).forEach(table::row);
        text.append('\n').append(table).append('\n');
    }

    /** How each kind of request fared, and all of them; a head and rows of as many cells. */
    static List<List<String>> commandRows(Totals totals) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(
                List.of(
                        "",
                        "requests",
                        "per second",
                        "hits",
                        "errors",
                        "mean",
                        "p50",
                        "p90",
                        "p99",
                        "p99.9",
                        "max"));
        totals.commands()
                .forEach((kind, of) -> rows.add(row(kind.label(), of, totals.lengthNanos())));
        rows.add(row("all", totals.all(), totals.lengthNanos()));
        return rows;
    }

    private static List<String> row(String label, CommandFigures figures, long lengthNanos) {
        Counts counts = figures.counts();
        LatencySummary latency = LatencySummary.of(figures.latencies());
        return List.of(
                label,
                Figures.count(counts.requests()),
                Figures.compact(counts.requests() * 1e9 / lengthNanos),
                Figures.percent(counts.hitRatio()),
                Figures.count(counts.errors()),
                Figures.time(latency.mean()),
                Figures.time(latency.p50()),
                Figures.time(latency.p90()),
                Figures.time(latency.p99()),
                Figures.time(latency.p999()),
                Figures.time(latency.max()));
    }

    /** In the open loop, there are two ways to count, and other tools show the second. */
    private void latencySinceSent() {
        if (result.setup().isOpenLoop()) {
            LatencySummary sent = LatencySummary.of(totals.serviceTimes());
            line(
                    "latencies count from when requests were due; from when they were sent: p50 "
                            + Figures.time(sent.p50())
                            + ", p99 "
                            + Figures.time(sent.p99())
                            + ", p99.9 "
                            + Figures.time(sent.p999())
                            + ", max "
                            + Figures.time(sent.max()));
        }
    }

    private void costs() {
        Traffic traffic = totals.traffic();
        double seconds = totals.lengthNanos() / 1e9;
        line(
                "traffic: "
                        + Figures.bytes(traffic.bytesSent() / seconds)
                        + "/s sent, "
                        + Figures.bytes(traffic.bytesReceived() / seconds)
                        + "/s received; "
                        + SetupText.plural(traffic.connects(), "connect")
                        + ", "
                        + SetupText.plural(traffic.disconnects(), "disconnect"));
        for (NodeFigures node : result.nodes()) {
            line("server " + node.node() + ": " + NodeText.usage(node, totals));
        }
        double nanos = result.generator().cpuNanos() / (double) totals.all().counts().requests();
        line(
                "generator: "
                        + Figures.time(nanos)
                        + " CPU per request, busiest thread "
                        + Figures.percent(result.generator().busiestThread())
                        + ", without a processor at most "
                        + Figures.percent(result.generator().mostStarvedThread()));
    }

    private void ramp() {
        Ramp ramp = result.ramp();
        if (ramp == null) {
            return;
        }
        String limit = RampText.limit(ramp);
        TextTable table = new TextTable().row("asked for", "answered", limit, "");
        for (Ramp.Step step : ramp.steps()) {
            table.row(
                    Figures.rate(step.targetRate()),
                    Figures.rate(step.achievedRate()),
                    Figures.time(step.latencies().nanosAt(ramp.percentile())),
                    step.withinLimit() ? "kept" : "missed");
        }
        text.append('\n').append(table).append('\n');
        line(RampText.knee(ramp));
    }

    private void failures() {
        for (Totals.ErrorCount error : totals.errors()) {
            line("error: " + Figures.count(error.count()) + " × " + error.message());
        }
        long wrong = totals.all().counts().wrongValues();
        if (wrong > 0) {
            line("wrong values: " + Figures.count(wrong));
            totals.wrongValues().forEach(value -> line("    " + value));
        }
    }

    private void notes() {
        for (Note note : result.notes()) {
            line((note.kind() == Note.Kind.WARNING ? "warning: " : "note: ") + note.text());
        }
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
