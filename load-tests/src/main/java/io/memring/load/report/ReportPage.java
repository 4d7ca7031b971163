package io.memring.load.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.memring.load.result.LoadResult;
import io.memring.load.result.Note;
import io.memring.load.result.Ramp;
import io.memring.load.result.Totals;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A run, or a comparison of two, as one page for browsers that needs nothing besides itself: style,
 * script and pictures are inside. Without the script only the figures are missing that show when a
 * chart is pointed at.
 */
final class ReportPage {

    private static final String STYLE = resource("report.css");
    private static final String SCRIPT = resource("report.js");

    private final List<Side> sides;
    private final List<String> names;
    private final List<LoadResult> runs;
    private final Markup page = new Markup();

    private ReportPage(List<Side> sides) {
        this.sides = sides;
        this.names = sides.stream().map(Side::name).toList();
        this.runs = sides.stream().map(Side::pooled).toList();
    }

    /** The page of one side or two. */
    static String of(List<Side> sides) {
        return new ReportPage(sides).write();
    }

    private String write() {
        LoadResult first = runs.getFirst();
        String title = first.setup().label() + ": " + String.join(" against ", names);
        page.raw("<!DOCTYPE html>\n").open("html", "lang", "en").open("head");
        page.raw("<meta charset=\"utf-8\">");
        page.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        page.raw("<meta name=\"color-scheme\" content=\"light dark\">");
        page.element("title", title + " – memring load");
        page.open("style").raw(STYLE).close("style").close("head").open("body").open("main");
        page.open("header").element("h1", title);
        page.element("p", SetupText.summary(first.setup()) + "; " + first.setup().startedAt());
        page.close("header");
        writeNotes();
        if (sides.size() == 1) {
            writeTiles(first);
        } else {
            writeComparison(new Comparison(sides.getFirst(), sides.getLast()));
        }
        writeCharts();
        forEachRun(this::writeCommands);
        forEachRun(this::writeFailures);
        forEachRun(this::writeRamp);
        forEachRun((name, run) -> NodeSection.write(page, name, run));
        writeSetup();
        page.close("main").open("script").raw(SCRIPT).close("script");
        return page.close("body").close("html").raw("\n").toString();
    }

    /** What is written about each run, under a name that is empty if there is one run alone. */
    @FunctionalInterface
    private interface Section {
        void write(String name, LoadResult run);
    }

    private void forEachRun(Section section) {
        for (int i = 0; i < runs.size(); i++) {
            section.write(suffix(i), runs.get(i));
        }
    }

    private String suffix(int run) {
        return runs.size() == 1 ? "" : ": " + names.get(run);
    }

    private void writeNotes() {
        List<Note> notes = runs.stream().flatMap(run -> run.notes().stream()).distinct().toList();
        for (Note note : notes) {
            boolean warning = note.kind() == Note.Kind.WARNING;
            page.open("p", "class", warning ? "note warning" : "note");
            page.element("strong", warning ? "Warning" : "Note").text(" " + note.text() + '.');
            page.close("p");
        }
    }

    private void writeTiles(LoadResult run) {
        Totals totals = run.totals();
        LatencySummary latency = LatencySummary.of(totals.all().latencies());
        page.open("section", "class", "tiles");
        writeTile("Throughput", Figures.rate(totals.requestRate()));
        writeTile("p50", Figures.time(latency.p50()));
        writeTile("p99", Figures.time(latency.p99()));
        writeTile("p99.9", Figures.time(latency.p999()));
        writeTile("Hits", Figures.percent(totals.all().counts().hitRatio()));
        writeTile("Errors", Figures.count(totals.all().counts().errors()));
        if (Double.isFinite(run.serverNanosPerRequest())) {
            writeTile("CPU per request", Figures.time(run.serverNanosPerRequest()));
        }
        page.close("section");
    }

    private void writeTile(String label, String figure) {
        page.open("div").element("span", label).element("b", figure).close("div");
    }

    private void writeComparison(Comparison comparison) {
        page.open("section").element("h2", "Comparison");
        List<List<String>> rows = new ArrayList<>();
        for (Comparison.Line line : comparison.lines()) {
            Quantiles spread = line.spread();
            rows.add(
                    List.of(
                            line.measure().label(),
                            line.measure().text(line.first()),
                            line.measure().text(line.second()),
                            Figures.ratio(line.ratio()),
                            Figures.ratio(spread.median()),
                            ComparisonText.range(spread.quarter(), spread.threeQuarters()),
                            ComparisonText.range(spread.low(), spread.high())));
        }
        page.table(
                List.of(
                        "",
                        names.getFirst(),
                        names.getLast(),
                        "Ratio",
                        "Pairwise",
                        "Quartiles",
                        "Range"),
                rows);
        page.element("p", ComparisonText.legend(comparison) + '.', "class", "small");
        RatioChart.write(page, comparison);
        page.close("section");
    }

    private void writeCharts() {
        TimeCharts charts =
                new TimeCharts(
                        names, runs.stream().map(run -> Timeline.of(run.intervals())).toList());
        page.open("section").element("h2", "Throughput and latency");
        charts.throughput().writeTo(page);
        charts.latency().writeTo(page);
        Chart percentiles =
                runs.size() == 1
                        ? PercentileChart.of(runs.getFirst())
                        : PercentileChart.of(names, runs);
        percentiles.writeTo(page);
        if (runs.stream().anyMatch(ReportPage::hasFailures)) {
            charts.errors().writeTo(page);
        }
        charts.generator().writeTo(page);
        page.close("section");
    }

    private static boolean hasFailures(LoadResult run) {
        return run.intervals().stream()
                .anyMatch(
                        interval ->
                                interval.all().counts().errors() > 0
                                        || interval.all().counts().wrongValues() > 0);
    }

    private void writeCommands(String name, LoadResult run) {
        page.open("section").element("h2", "Commands" + name);
        MixBar.write(page, run.totals());
        List<List<String>> rows = ResultText.commandRows(run.totals());
        page.table(rows.getFirst(), rows.subList(1, rows.size()));
        page.close("section");
    }

    private void writeFailures(String name, LoadResult run) {
        page.open("section").element("h2", "Errors" + name);
        Totals totals = run.totals();
        long wrong = totals.all().counts().wrongValues();
        if (totals.errors().isEmpty() && wrong == 0) {
            page.element("p", "None.");
        }
        if (!totals.errors().isEmpty()) {
            page.table(
                    List.of("Message", "Count"),
                    totals.errors().stream()
                            .map(error -> List.of(error.message(), Figures.count(error.count())))
                            .toList());
        }
        if (wrong > 0) {
            page.element("h3", "Wrong values: " + Figures.count(wrong)).open("ul");
            totals.wrongValues().forEach(value -> page.element("li", value));
            page.close("ul");
        }
        page.close("section");
    }

    private void writeRamp(String name, LoadResult run) {
        Ramp ramp = run.ramp();
        if (ramp != null) {
            page.open("section").element("h2", "Ramp" + name);
            String knee = RampText.knee(ramp);
            page.element(
                    "p", knee.substring(0, 1).toUpperCase(Locale.ROOT) + knee.substring(1) + '.');
            RampChart.of(ramp).writeTo(page);
            page.close("section");
        }
    }

    /** What was asked for, in a column for each run. */
    private void writeSetup() {
        page.open("section").element("h2", "Configuration");
        List<Map<String, String>> setups =
                runs.stream().map(run -> SetupText.all(run.setup())).toList();
        List<List<String>> rows = new ArrayList<>();
        for (String option : setups.getFirst().keySet()) {
            List<String> row = new ArrayList<>(List.of(option));
            setups.forEach(setup -> row.add(setup.getOrDefault(option, Figures.NONE)));
            rows.add(row);
        }
        List<String> head = new ArrayList<>(List.of("Option"));
        head.addAll(runs.size() == 1 ? List.of("Value") : names);
        page.open("div", "class", "words").table(head, rows).close("div").close("section");
    }

    private static String resource(String name) {
        try (InputStream in = ReportPage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("missing from the class path: " + name);
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
