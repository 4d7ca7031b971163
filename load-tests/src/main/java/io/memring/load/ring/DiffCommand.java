package io.memring.load.ring;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Says which keys a change of nodes or of format moves. */
@Command(
        name = "diff",
        description = {
            "Prints what share of keys moves from which node to which when the nodes become others,"
                    + " of a sample of 100,000 keys if none are named.",
            ""
        },
        sortOptions = false,
        usageHelpAutoWidth = true)
final class DiffCommand extends RingSubcommand {
    @Option(
            names = {"-t", "--to"},
            paramLabel = "NODES",
            description = "the nodes afterwards; as before unless they are given")
    private String nodes = "";

    @Option(
            names = "--to-format",
            paramLabel = "NAME",
            description = "the format afterwards; as before unless it is given")
    private String format = "";

    @Option(
            names = {"-l", "--list"},
            description = "print each key that moves, the node before and the node after")
    private boolean list;

    @Mixin private final KeySource keys = new KeySource();

    DiffCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() throws IOException {
        if (nodes.isEmpty() && format.isEmpty()) {
            throw new IllegalArgumentException("say what changes, with --to or --to-format");
        }
        Placement before = ring.placement();
        Placement after = ring.withNodes(nodes).withFormat(format).placement();
        if (list) {
            keys.orStandardInput().forEach(console.in(), key -> printMove(key, before, after));
        } else {
            Moves moves = new Moves();
            keys.orSample(console.in(), key -> moves.count(id(key, before), id(key, after)));
            moves.report().print(console.out(), json);
        }
        return ExitStatus.OK;
    }

    private static String id(String key, Placement placement) {
        return placement.nodeFor(key).id();
    }

    private void printMove(String key, Placement before, Placement after) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("key", key);
        fields.put("from", id(key, before));
        fields.put("to", id(key, after));
        if (!id(key, before).equals(id(key, after))) {
            printLine(fields);
        }
    }

    /** How many keys went from which node to which. */
    private static final class Moves {
        private final Map<String, Map<String, Integer>> byNodes = new TreeMap<>();
        private final Map<String, Integer> gains = new TreeMap<>();
        private int keys;
        private int moved;

        void count(String from, String to) {
            keys++;
            if (!from.equals(to)) {
                moved++;
                byNodes.computeIfAbsent(from, _ -> new TreeMap<>()).merge(to, 1, Integer::sum);
                gains.merge(to, 1, Integer::sum);
                gains.merge(from, -1, Integer::sum);
            }
        }

        Report report() {
            Report report = new Report("moves", "from", "to", "keys", "share");
            byNodes.forEach(
                    (from, targets) ->
                            targets.forEach(
                                    (to, count) -> report.row(from, to, count, share(count))));
            report.fact("keys", keys);
            report.fact("moved", share(moved));
            report.fact("least", share(unavoidable()));
            return report;
        }

        /** What had to move for each node to have as many keys as it has now. */
        private int unavoidable() {
            return gains.values().stream().mapToInt(gain -> Math.max(0, gain)).sum();
        }

        private Share share(int count) {
            return new Share(count / (double) Math.max(1, keys));
        }
    }
}
