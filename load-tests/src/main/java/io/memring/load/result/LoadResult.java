package io.memring.load.result;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A finished run.
 *
 * @param intervals of all phases, in order
 * @param totals of the measured phase
 * @param nodes in the order of {@code setup.nodes()}
 * @param ramp null unless the run searched the knee
 * @param interrupted true if the user ended it before its bound; the figures are good up to there
 */
public record LoadResult(
        RunSetup setup,
        List<Interval> intervals,
        Totals totals,
        List<NodeFigures> nodes,
        GeneratorFigures generator,
        @Nullable Ramp ramp,
        List<Note> notes,
        boolean interrupted) {

    public LoadResult {
        intervals = List.copyOf(intervals);
        nodes = List.copyOf(nodes);
        notes = List.copyOf(notes);
    }

    /** CPU time of all nodes for one request, in nanoseconds; not a number if it is not known. */
    public double serverNanosPerRequest() {
        long nanos = 0;
        for (NodeFigures node : nodes) {
            NodeFigures.Usage usage = node.usage();
            if (usage == null) {
                return Double.NaN;
            }
            nanos += usage.cpuNanos();
        }
        return nanos / (double) totals.all().counts().requests();
    }
}
