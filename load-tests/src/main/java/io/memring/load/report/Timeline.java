package io.memring.load.report;

import io.memring.load.result.CommandFigures;
import io.memring.load.result.Interval;
import io.memring.load.result.Phase;
import io.memring.load.result.Traffic;

import java.util.ArrayList;
import java.util.List;

/**
 * The intervals of a run, so few that a picture can show each: of a long run, several become one.
 */
record Timeline(List<Interval> intervals) {

    /** More than these would be less than three pixels apart. */
    private static final int MOST = 300;

    Timeline {
        intervals = List.copyOf(intervals);
    }

    static Timeline of(List<Interval> all) {
        int together = (all.size() + MOST - 1) / MOST;
        List<Interval> merged = new ArrayList<>();
        List<Interval> group = new ArrayList<>();
        for (Interval interval : all) {
            boolean belongs =
                    group.isEmpty()
                            || (group.size() < together
                                    && group.getFirst().phase() == interval.phase());
            if (!belongs) {
                merged.add(merge(group));
                group.clear();
            }
            group.add(interval);
        }
        if (!group.isEmpty()) {
            merged.add(merge(group));
        }
        return new Timeline(merged);
    }

    private static Interval merge(List<Interval> group) {
        if (group.size() == 1) {
            return group.getFirst();
        }
        return new Interval(
                group.getFirst().phase(),
                group.getFirst().startNanos(),
                group.stream().mapToLong(Interval::lengthNanos).sum(),
                Pool.sum(group.stream().map(Interval::commands).toList()),
                CommandFigures.sum(group.stream().map(Interval::all).toList()),
                group.stream().map(Interval::traffic).reduce(Traffic.NONE, Traffic::plus),
                group.stream().mapToDouble(Interval::generatorCpu).max().orElse(0),
                group.stream().mapToLong(Interval::sendLagNanos).max().orElse(0),
                group.getLast().phaseProgress());
    }

    /** Where an interval is drawn: its middle, in seconds since the run began. */
    static double middle(Interval interval) {
        return (interval.startNanos() + interval.lengthNanos() / 2.0) / 1e9;
    }

    /** Seconds from the beginning of the run to its end. */
    double end() {
        if (intervals.isEmpty()) {
            return 0;
        }
        Interval last = intervals.getLast();
        return (last.startNanos() + last.lengthNanos()) / 1e9;
    }

    /** The phases that are not measured. */
    List<Chart.Band> bands() {
        List<Chart.Band> bands = new ArrayList<>();
        for (Phase phase : List.of(Phase.FILL, Phase.WARM_UP)) {
            List<Interval> within =
                    intervals.stream().filter(interval -> interval.phase() == phase).toList();
            if (!within.isEmpty()) {
                Interval last = within.getLast();
                bands.add(
                        new Chart.Band(
                                within.getFirst().startNanos() / 1e9,
                                (last.startNanos() + last.lengthNanos()) / 1e9,
                                Progress.label(phase)));
            }
        }
        return bands;
    }
}
