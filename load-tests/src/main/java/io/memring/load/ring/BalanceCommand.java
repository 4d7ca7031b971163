package io.memring.load.ring;

import io.memring.client.ring.Node;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Says how evenly a ring spreads keys. */
@Command(
        name = "balance",
        description = {
            "Prints the share of keys of each node, of a sample of 100,000 keys if none are named,"
                    + " and how that compares with the share that its weight deserves.",
            ""
        },
        sortOptions = false,
        usageHelpAutoWidth = true)
final class BalanceCommand extends RingSubcommand {
    @Mixin private final KeySource keys = new KeySource();

    BalanceCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() throws IOException {
        Placement placement = ring.placement();
        List<Node> nodes = placement.ring().nodes();
        long[] counts = new long[nodes.size()];
        keys.orSample(console.in(), key -> counts[placement.indexFor(key)]++);
        Report report = report(nodes, counts);
        report.fact("keys", Arrays.stream(counts).sum());
        report.fact("fingerprint", placement.ring().fingerprint());
        report.print(console.out(), json);
        return ExitStatus.OK;
    }

    private static Report report(List<Node> nodes, long[] counts) {
        double keys = Math.max(1, Arrays.stream(counts).sum());
        double weights = nodes.stream().mapToLong(Node::weight).sum();
        Report report = new Report("nodes", "node", "weight", "keys", "share", "fairness");
        double fullest = 0;
        double emptiest = Double.MAX_VALUE;
        for (int i = 0; i < counts.length; i++) {
            Node node = nodes.get(i);
            double share = counts[i] / keys;
            double fairness = node.isDraining() ? 1 : share * weights / node.weight();
            fullest = Math.max(fullest, fairness);
            emptiest = Math.min(emptiest, fairness);
            report.row(node.id(), node.weight(), counts[i], new Share(share), rounded(fairness));
        }
        report.fact("fullest", rounded(fullest));
        report.fact("emptiest", rounded(emptiest));
        return report;
    }

    private static String rounded(double ratio) {
        return String.format(Locale.ROOT, "%.2f", ratio);
    }
}
