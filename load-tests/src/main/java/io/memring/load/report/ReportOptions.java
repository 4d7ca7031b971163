package io.memring.load.report;

import io.memring.load.result.LoadException;
import io.memring.load.result.LoadResult;
import io.memring.load.result.LoadRunner;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The options of {@code memring load} that say what is shown and kept of its runs, and what they
 * are compared with.
 */
public final class ReportOptions {

    /** Makes the load that the rest of the command line describes, for a ring of nodes. */
    @FunctionalInterface
    public interface Loads {
        /**
         * Makes it.
         *
         * @param nodes as {@code host:port}
         * @param pid the process of the only node, if the user has named it; else 0
         * @throws LoadException if such a load cannot be
         */
        LoadRunner on(List<String> nodes, long pid) throws LoadException;
    }

    private static final int STANDARD_ERROR = 2;

    @Option(
            names = "--progress",
            paramLabel = "STYLE",
            defaultValue = "auto",
            description =
                    "how progress is shown on the standard error: auto (line on a terminal, lines"
                            + " elsewhere), line (rewritten), lines, none; default"
                            + " ${DEFAULT-VALUE}")
    private String progress = "auto";

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description =
                    "write the complete result, which --from and --compare read again; here and"
                            + " with the next three, - is the standard output")
    private @Nullable Path json;

    @Option(
            names = "--csv",
            paramLabel = "FILE",
            description = "write every interval as comma-separated values")
    private @Nullable Path csv;

    @Option(
            names = "--hlog",
            paramLabel = "FILE",
            description = "write every interval's latencies as a log of HdrHistogram")
    private @Nullable Path hlog;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "write a report for browsers, with charts, in one file")
    private @Nullable Path html;

    @Option(
            names = "--from",
            paramLabel = "FILE",
            description = "run nothing: report on an earlier result of --json")
    private @Nullable Path from;

    @Option(
            names = "--compare",
            arity = "2",
            paramLabel = "SIDE",
            description =
                    "compare two servers, under the same load and in turns, or two earlier"
                            + " results; each is HOST:PORT (with commas: a ring) or a file of"
                            + " --json")
    private List<String> compared = List.of();

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "5",
            description = "rounds of a comparison; default ${DEFAULT-VALUE}")
    private int rounds = 5;

    @Option(
            names = "--server-pid",
            paramLabel = "PID",
            split = ",",
            description =
                    "the server's process, for its CPU time, if it is not found by itself; in a"
                            + " comparison that of each side, with a comma between")
    private List<Long> pids = List.of();

    /**
     * Runs what the command line asks for, and writes what is wanted of it.
     *
     * @param nodes of a run that is not a comparison
     * @return the results of all runs that it made or read
     * @throws LoadException if a run could not begin or go on, or a file not be read or written
     */
    public List<LoadResult> run(List<String> nodes, Loads loads, PrintWriter out, PrintWriter err)
            throws LoadException, InterruptedException {
        Map<Output, Function<List<Side>, String>> reports = reports();
        for (Output output : reports.keySet()) {
            output.check();
        }
        List<Side> sides = sides(nodes, loads, err);
        boolean busy = reports.keySet().stream().anyMatch(Output::isStandardOutput);
        PrintWriter text = busy ? err : out;
        text.print(text(sides));
        text.flush();
        for (Map.Entry<Output, Function<List<Side>, String>> report : reports.entrySet()) {
            report.getKey().write(report.getValue().apply(sides), out);
        }
        return sides.stream().flatMap(side -> side.rounds().stream()).toList();
    }

    private Map<Output, Function<List<Side>, String>> reports() throws LoadException {
        Map<Output, Function<List<Side>, String>> reports = new LinkedHashMap<>();
        add(reports, json, ResultFile::write);
        add(reports, csv, IntervalCsv::of);
        add(reports, hlog, HdrLog::of);
        add(reports, html, ReportPage::of);
        return reports;
    }

    private static void add(
            Map<Output, Function<List<Side>, String>> reports,
            @Nullable Path file,
            Function<List<Side>, String> report)
            throws LoadException {
        if (file != null && reports.put(new Output(file), report) != null) {
            throw new LoadException("two reports cannot both be written to " + file);
        }
    }

    private static String text(List<Side> sides) {
        return sides.size() == 1
                ? ResultText.of(sides.getFirst().pooled())
                : ComparisonText.of(new Comparison(sides.getFirst(), sides.getLast()));
    }

    private List<Side> sides(List<String> nodes, Loads loads, PrintWriter err)
            throws LoadException, InterruptedException {
        if (from != null && !compared.isEmpty()) {
            throw new LoadException("--from and --compare exclude each other");
        }
        if (from != null) {
            return ResultFile.read(from);
        }
        if (compared.isEmpty()) {
            return play(List.of(nodes), 1, loads, err);
        }
        if (rounds < 1) {
            throw new LoadException("--rounds has to be at least 1: " + rounds);
        }
        List<String> files =
                compared.stream().filter(side -> Files.isRegularFile(Path.of(side))).toList();
        return switch (files.size()) {
            case 0 -> play(compared.stream().map(ReportOptions::ring).toList(), rounds, loads, err);
            case 1 ->
                    throw new LoadException(
                            "an earlier result can only be compared with another: "
                                    + String.join(" ", compared));
            default -> List.of(earlier(compared.getFirst()), earlier(compared.getLast()));
        };
    }

    private static List<String> ring(String side) {
        return List.of(side.split(",", -1));
    }

    private static Side earlier(String file) throws LoadException {
        List<Side> sides = ResultFile.read(Path.of(file));
        if (sides.size() != 1) {
            throw new LoadException(file + " is a comparison itself; show it with --from");
        }
        return new Side(file.replaceFirst("\\.json$", ""), sides.getFirst().rounds());
    }

    private List<Side> play(List<List<String>> rings, int rounds, Loads loads, PrintWriter err)
            throws LoadException, InterruptedException {
        List<Turns.Player> players = new ArrayList<>();
        for (List<String> ring : rings) {
            long pid = players.size() < pids.size() ? pids.get(players.size()) : 0;
            players.add(new Turns.Player(String.join(",", ring), loads.on(ring, pid)));
        }
        try (ProgressPrinter printer = printer(err)) {
            return new Turns(players, printer).play(rounds);
        }
    }

    private ProgressPrinter printer(PrintWriter err) throws LoadException {
        return switch (progress) {
            case "auto" -> new ProgressPrinter(err, Terminal.is(STANDARD_ERROR));
            case "line" -> new ProgressPrinter(err, true);
            case "lines" -> new ProgressPrinter(err, false);
            case "none" -> new ProgressPrinter(new PrintWriter(Writer.nullWriter()), false);
            default ->
                    throw new LoadException(
                            "--progress has to be auto, line, lines or none: " + progress);
        };
    }
}
