package io.memring.load.report;

import io.memring.load.result.CommandFigures;
import io.memring.load.result.CommandKind;
import io.memring.load.result.GeneratorFigures;
import io.memring.load.result.Interval;
import io.memring.load.result.Latencies;
import io.memring.load.result.LoadResult;
import io.memring.load.result.NodeFigures;
import io.memring.load.result.Note;
import io.memring.load.result.Phase;
import io.memring.load.result.Totals;
import io.memring.load.result.Traffic;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Several rounds of one load as one run. Its time is the measured time alone, one round behind the
 * other; its latencies are those of all rounds together.
 */
final class Pool {

    private Pool() {}

    /** The one run; of a single round, that itself. */
    static LoadResult of(List<LoadResult> rounds) {
        LoadResult first = rounds.getFirst();
        if (rounds.size() == 1) {
            return first;
        }
        return new LoadResult(
                first.setup(),
                intervals(rounds),
                totals(rounds.stream().map(LoadResult::totals).toList()),
                nodes(rounds),
                generator(rounds.stream().map(LoadResult::generator).toList()),
                first.ramp(),
                notes(rounds),
                rounds.stream().anyMatch(LoadResult::interrupted));
    }

    private static List<Interval> intervals(List<LoadResult> rounds) {
        List<Interval> intervals = new ArrayList<>();
        long now = 0;
        for (LoadResult round : rounds) {
            for (Interval interval : round.intervals()) {
                if (interval.phase() == Phase.MEASURE) {
                    intervals.add(startingAt(now, interval));
                    now += interval.lengthNanos();
                }
            }
        }
        return intervals;
    }

    private static Interval startingAt(long startNanos, Interval interval) {
        return new Interval(
                interval.phase(),
                startNanos,
                interval.lengthNanos(),
                interval.commands(),
                interval.all(),
                interval.traffic(),
                interval.generatorCpu(),
                interval.sendLagNanos(),
                interval.phaseProgress());
    }

    private static Totals totals(List<Totals> parts) {
        Map<String, Long> errors = new LinkedHashMap<>();
        parts.stream()
                .flatMap(part -> part.errors().stream())
                .forEach(error -> errors.merge(error.message(), error.count(), Long::sum));
        return new Totals(
                parts.stream().mapToLong(Totals::lengthNanos).sum(),
                sum(parts.stream().map(Totals::commands).toList()),
                CommandFigures.sum(parts.stream().map(Totals::all).toList()),
                Latencies.sum(parts.stream().map(Totals::serviceTimes).toList()),
                parts.stream().map(Totals::traffic).reduce(Traffic.NONE, Traffic::plus),
                errors.entrySet().stream()
                        .map(error -> new Totals.ErrorCount(error.getKey(), error.getValue()))
                        .sorted(Comparator.comparingLong(Totals.ErrorCount::count).reversed())
                        .toList(),
                parts.stream().flatMap(part -> part.wrongValues().stream()).toList());
    }

    /** The sum for each kind of request. */
    static Map<CommandKind, CommandFigures> sum(List<Map<CommandKind, CommandFigures>> parts) {
        Map<CommandKind, List<CommandFigures>> byKind = new TreeMap<>();
        for (Map<CommandKind, CommandFigures> part : parts) {
            part.forEach(
                    (kind, figures) ->
                            byKind.computeIfAbsent(kind, _ -> new ArrayList<>()).add(figures));
        }
        Map<CommandKind, CommandFigures> sums = new TreeMap<>();
        byKind.forEach((kind, figures) -> sums.put(kind, CommandFigures.sum(figures)));
        return sums;
    }

    /** Statistics from before the first round and after the last, and the usage of all rounds. */
    private static List<NodeFigures> nodes(List<LoadResult> rounds) {
        List<NodeFigures> nodes = new ArrayList<>();
        for (int i = 0; i < rounds.getFirst().nodes().size(); i++) {
            int node = i;
            List<NodeFigures> figures =
                    rounds.stream().map(round -> round.nodes().get(node)).toList();
            nodes.add(
                    new NodeFigures(
                            figures.getFirst().node(),
                            figures.getFirst().statsBefore(),
                            figures.getLast().statsAfter(),
                            usage(figures)));
        }
        return nodes;
    }

    private static NodeFigures.@Nullable Usage usage(List<NodeFigures> figures) {
        NodeFigures.Usage sum = new NodeFigures.Usage(0, 0, "");
        for (NodeFigures round : figures) {
            NodeFigures.Usage usage = round.usage();
            if (usage == null) {
                return null;
            }
            sum =
                    new NodeFigures.Usage(
                            sum.cpuNanos() + usage.cpuNanos(),
                            usage.residentBytes(),
                            usage.source());
        }
        return sum;
    }

    private static GeneratorFigures generator(List<GeneratorFigures> parts) {
        return new GeneratorFigures(
                parts.stream().mapToLong(GeneratorFigures::cpuNanos).sum(),
                parts.stream().mapToDouble(GeneratorFigures::busiestThread).max().orElse(0),
                parts.stream().mapToDouble(GeneratorFigures::mostStarvedThread).max().orElse(0),
                parts.stream().mapToLong(GeneratorFigures::sendLagNanos).max().orElse(0),
                parts.stream().anyMatch(GeneratorFigures::wasLimit));
    }

    private static List<Note> notes(List<LoadResult> rounds) {
        LinkedHashSet<Note> notes = new LinkedHashSet<>();
        rounds.forEach(round -> notes.addAll(round.notes()));
        return List.copyOf(notes);
    }
}
