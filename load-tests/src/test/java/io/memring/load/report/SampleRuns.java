package io.memring.load.report;

import io.memring.load.result.CommandFigures;
import io.memring.load.result.CommandKind;
import io.memring.load.result.Counts;
import io.memring.load.result.GeneratorFigures;
import io.memring.load.result.Interval;
import io.memring.load.result.Latencies;
import io.memring.load.result.LoadResult;
import io.memring.load.result.NodeFigures;
import io.memring.load.result.Note;
import io.memring.load.result.Phase;
import io.memring.load.result.Ramp;
import io.memring.load.result.RunSetup;
import io.memring.load.result.Totals;
import io.memring.load.result.Traffic;

import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Runs that never were, each time the same: their figures come from random numbers of one seed. */
final class SampleRuns {

    private static final long SECOND = 1_000_000_000;
    private static final int SAMPLES = 2000;

    private static final LoadResult PLAIN =
            new SampleRuns(1, 90_000, false).result(setup("db-cache", 0), null, List.of());

    private static final LoadResult TROUBLED =
            new SampleRuns(2, 400_000, true)
                    .result(
                            setup("<churn & \"trouble\">", 20_000),
                            ramp(),
                            List.of(
                                    Note.warning("the generator was the limit: 100% of a core"),
                                    Note.info("values were checked")));

    private final Random random;
    private final double medianNanos;
    private final boolean faulty;

    private SampleRuns(long seed, double medianNanos, boolean faulty) {
        this.random = new Random(seed);
        this.medianNanos = medianNanos;
        this.faulty = faulty;
    }

    /** A closed loop on one node, in which nothing goes wrong. */
    static LoadResult plain() {
        return PLAIN;
    }

    /** An open loop with errors, wrong values, a ramp and a generator that was the limit. */
    static LoadResult troubled() {
        return TROUBLED;
    }

    /** A round of a comparison; a lower median makes it faster. */
    static LoadResult round(long seed, double medianNanos) {
        return new SampleRuns(seed, medianNanos, false)
                .result(setup("write-heavy", 0), null, List.of());
    }

    private static RunSetup setup(String label, double rate) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("keys", "200000");
        settings.put("popularity", "zipf 0.99");
        settings.put("sizes", "100-1000");
        settings.put("mix", "get=80,set=15,multiget=5");
        return new RunSetup(
                label,
                Instant.parse("2026-11-21T10:00:00Z"),
                List.of("127.0.0.1:11211"),
                "text",
                50,
                1,
                2,
                rate,
                Duration.ofSeconds(4),
                Duration.ofSeconds(40),
                0,
                42,
                settings);
    }

    private LoadResult result(RunSetup setup, @Nullable Ramp ramp, List<Note> notes) {
        List<Interval> intervals = new ArrayList<>();
        addPhase(intervals, Phase.FILL, 3);
        addPhase(intervals, Phase.WARM_UP, 4);
        addPhase(intervals, Phase.MEASURE, 40);
        Totals totals = totals(intervals);
        long cpu = (long) (totals.all().counts().requests() * medianNanos / 30);
        return new LoadResult(
                setup,
                intervals,
                totals,
                List.of(node(totals, cpu)),
                new GeneratorFigures(cpu / 2, faulty ? 0.99 : 0.62, 0.05, 0, faulty),
                ramp,
                notes,
                false);
    }

    private void addPhase(List<Interval> intervals, Phase phase, int count) {
        for (int i = 1; i <= count; i++) {
            Map<CommandKind, CommandFigures> commands = commands(phase);
            intervals.add(
                    new Interval(
                            phase,
                            intervals.size() * SECOND,
                            SECOND,
                            commands,
                            CommandFigures.sum(commands.values()),
                            new Traffic(12_000_000, 45_000_000, 0, 0),
                            faulty ? 0.99 : 0.55 + random.nextDouble() / 10,
                            0,
                            i / (double) count));
        }
    }

    private Map<CommandKind, CommandFigures> commands(Phase phase) {
        Map<CommandKind, CommandFigures> commands = new TreeMap<>();
        double load = (0.95 + random.nextDouble() / 10) * 9e9 / medianNanos;
        if (phase == Phase.FILL) {
            commands.put(CommandKind.SET, figures((long) load, 1, 0, 1.3));
        } else {
            commands.put(CommandKind.GET, figures((long) (load * 0.8), 1, 0.02, 1));
            commands.put(CommandKind.MULTIGET, figures((long) (load * 0.05), 10, 0.02, 2.2));
            commands.put(CommandKind.SET, figures((long) (load * 0.15), 1, 0, 1.2));
        }
        return commands;
    }

    private CommandFigures figures(long requests, int keys, double missing, double slower) {
        Histogram latencies = Latencies.newHistogram();
        for (int i = 0; i < SAMPLES; i++) {
            double tail = random.nextInt(400) == 0 ? 12 : 1;
            double nanos = medianNanos * slower * tail * Math.exp(random.nextGaussian() * 0.35);
            latencies.recordValueWithCount((long) nanos, requests / SAMPLES + 1);
        }
        long misses = (long) (requests * keys * missing);
        boolean fails = faulty && random.nextInt(3) == 0;
        return new CommandFigures(
                new Counts(
                        requests,
                        requests * keys,
                        requests * keys - misses,
                        misses,
                        0,
                        fails ? random.nextInt(40) : 0,
                        fails ? random.nextInt(3) : 0),
                Latencies.of(latencies));
    }

    private Totals totals(List<Interval> intervals) {
        List<Interval> measured =
                intervals.stream().filter(i -> i.phase() == Phase.MEASURE).toList();
        CommandFigures all = CommandFigures.sum(measured.stream().map(Interval::all).toList());
        return new Totals(
                measured.size() * SECOND,
                Pool.sum(measured.stream().map(Interval::commands).toList()),
                all,
                faulty
                        ? Latencies.sum(
                                measured.stream()
                                        .map(i -> i.commands().get(CommandKind.GET))
                                        .map(figures -> figures.latencies())
                                        .toList())
                        : all.latencies(),
                measured.stream().map(Interval::traffic).reduce(Traffic.NONE, Traffic::plus),
                faulty
                        ? List.of(
                                new Totals.ErrorCount("SERVER_ERROR out of memory <b>", 700),
                                new Totals.ErrorCount("connection reset by peer", 12))
                        : List.of(),
                faulty ? List.of("key:17: expected 100 bytes of seed 17, got 99") : List.of());
    }

    private static NodeFigures node(Totals totals, long cpu) {
        Map<String, String> before = new LinkedHashMap<>();
        before.put("pid", "4711");
        before.put("uptime", "12");
        before.put("version", "1.6.45");
        before.put("rusage_user", "1.204311");
        before.put("cmd_get", "10");
        before.put("curr_connections", "51");
        Map<String, String> after = new LinkedHashMap<>(before);
        after.put("uptime", "52");
        after.put("rusage_user", "31.904017");
        after.put("cmd_get", Long.toString(10 + totals.all().counts().keys()));
        return new NodeFigures(
                "127.0.0.1:11211", before, after, new NodeFigures.Usage(cpu, 71_000_000, "/proc"));
    }

    private static Ramp ramp() {
        List<Ramp.Step> steps = new ArrayList<>();
        for (int rate = 10_000; rate <= 80_000; rate += 10_000) {
            Histogram latencies = Latencies.newHistogram();
            for (int i = 1; i <= 1000; i++) {
                latencies.recordValue((long) (i * 500 / (1 - rate / 85_000.0)));
            }
            steps.add(new Ramp.Step(rate, rate, Latencies.of(latencies), rate <= 40_000));
        }
        return new Ramp(99, 1_000_000, steps, steps.get(3));
    }
}
