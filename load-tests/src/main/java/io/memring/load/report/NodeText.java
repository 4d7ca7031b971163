package io.memring.load.report;

import io.memring.load.result.NodeFigures;
import io.memring.load.result.Totals;

/** What a run cost a node, in words. */
final class NodeText {

    private NodeText() {}

    /** CPU per request of the whole run, cores in use and memory. */
    static String usage(NodeFigures node, Totals totals) {
        NodeFigures.Usage usage = node.usage();
        if (usage == null) {
            return "its CPU time is not known";
        }
        double perRequest = usage.cpuNanos() / (double) totals.all().counts().requests();
        String cpu =
                Figures.time(perRequest)
                        + " CPU per request, "
                        + Figures.compact(usage.cpuNanos() / (double) totals.lengthNanos())
                        + " cores";
        String memory =
                usage.residentBytes() > 0
                        ? ", " + Figures.bytes((double) usage.residentBytes()) + " resident"
                        : "";
        return cpu + memory + " (by " + usage.source() + ')';
    }
}
