package io.memring.load.engine;

import io.memring.load.result.CommandFigures;
import io.memring.load.result.CommandKind;
import io.memring.load.result.Counts;
import io.memring.load.result.Latencies;
import io.memring.load.result.Totals;
import io.memring.load.result.Traffic;

import org.HdrHistogram.Histogram;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Adds samples up. Owned by the coordinator. */
final class Tallies {

    /** Descriptions of wrong values that are kept. */
    private static final int MAX_WRONG_VALUES = 20;

    /** Of one kind of request, or of all. */
    private static final class Tally {
        Counts counts = Counts.NONE;
        final Histogram latencies = Latencies.newHistogram();

        void add(Counts more, Histogram histogram) {
            counts = counts.plus(more);
            latencies.add(histogram);
        }

        CommandFigures figures() {
            return new CommandFigures(counts, Latencies.of(latencies));
        }
    }

    private final Map<CommandKind, Tally> kinds = new EnumMap<>(CommandKind.class);
    private final Tally all = new Tally();
    private final Histogram serviceTimes = Latencies.newHistogram();
    private final Histogram sendLags = Latencies.newHistogram();
    private final Map<String, Long> errors = new HashMap<>();
    private final List<String> wrongValues = new ArrayList<>();
    private Traffic traffic = Traffic.NONE;

    void add(ThreadSample.Figures figures) {
        figures.kinds()
                .forEach(
                        (kind, sample) -> {
                            kinds.computeIfAbsent(kind, _ -> new Tally())
                                    .add(sample.counts(), sample.latencies());
                            all.add(sample.counts(), sample.latencies());
                        });
        traffic = traffic.plus(figures.traffic());
        serviceTimes.add(figures.serviceTimes());
        sendLags.add(figures.sendLags());
        figures.errors().forEach((text, count) -> errors.merge(text, count, Long::sum));
        for (String wrongValue : figures.wrongValues()) {
            if (wrongValues.size() < MAX_WRONG_VALUES) {
                wrongValues.add(wrongValue);
            }
        }
    }

    /** Adds what another has added up. */
    void add(Tallies other) {
        Map<CommandKind, ThreadSample.Kind> sums = new EnumMap<>(CommandKind.class);
        other.kinds.forEach(
                (kind, tally) ->
                        sums.put(kind, new ThreadSample.Kind(tally.counts, tally.latencies)));
        add(
                new ThreadSample.Figures(
                        sums,
                        other.traffic,
                        other.serviceTimes,
                        other.sendLags,
                        other.errors,
                        other.wrongValues));
    }

    Map<CommandKind, CommandFigures> commands() {
        Map<CommandKind, CommandFigures> commands = new EnumMap<>(CommandKind.class);
        kinds.forEach((kind, tally) -> commands.put(kind, tally.figures()));
        return commands;
    }

    CommandFigures all() {
        return all.figures();
    }

    Traffic traffic() {
        return traffic;
    }

    /** How late requests of an open loop were sent. */
    Histogram sendLags() {
        return sendLags;
    }

    Totals totals(long lengthNanos, boolean openLoop) {
        CommandFigures sum = all();
        return new Totals(
                lengthNanos,
                commands(),
                sum,
                openLoop ? Latencies.of(serviceTimes) : sum.latencies(),
                traffic,
                errors.entrySet().stream()
                        .map(e -> new Totals.ErrorCount(e.getKey(), e.getValue()))
                        .sorted((a, b) -> Long.compare(b.count(), a.count()))
                        .toList(),
                wrongValues);
    }
}
