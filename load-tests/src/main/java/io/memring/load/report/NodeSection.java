package io.memring.load.report;

import io.memring.load.result.LoadResult;
import io.memring.load.result.NodeFigures;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What nodes said about themselves before and after a run: first what changed, then the rest. */
final class NodeSection {

    private NodeSection() {}

    static void write(Markup page, String name, LoadResult run) {
        page.open("section").element("h2", "Server" + name);
        for (NodeFigures node : run.nodes()) {
            page.element("h3", node.node());
            page.element("p", NodeText.usage(node, run.totals()) + '.');
            writeStats(page, node);
        }
        page.close("section");
    }

    private static void writeStats(Markup page, NodeFigures node) {
        List<List<String>> changed = new ArrayList<>();
        List<List<String>> others = new ArrayList<>();
        Map<String, String> before = node.statsBefore();
        node.statsAfter()
                .forEach(
                        (stat, after) -> {
                            String earlier = before.getOrDefault(stat, Figures.NONE);
                            if (earlier.equals(after)) {
                                others.add(List.of(stat, after));
                            } else {
                                changed.add(
                                        List.of(stat, earlier, after, difference(earlier, after)));
                            }
                        });
        if (changed.isEmpty() && others.isEmpty()) {
            page.element("p", "It did not answer stats.");
            return;
        }
        page.table(List.of("Statistic", "Before", "After", "Difference"), changed);
        if (!others.isEmpty()) {
            page.open("details").element("summary", "Statistics that did not change");
            page.table(List.of("Statistic", "Value"), others).close("details");
        }
    }

    /** Of numbers; statistics that are words have none. */
    private static String difference(String before, String after) {
        try {
            BigDecimal difference = new BigDecimal(after).subtract(new BigDecimal(before));
            return (difference.signum() > 0 ? "+" : "") + difference.toPlainString();
        } catch (NumberFormatException _) {
            return Figures.NONE;
        }
    }
}
