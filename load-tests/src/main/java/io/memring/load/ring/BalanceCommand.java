package io.memring.load.ring;

import io.memring.client.ring.Node;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;

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
            Share share = new Share(counts[i] / keys);
            if (node.isDraining()) {
                report.row(node.id(), 0, counts[i], share, null);
            } else {
                double fairness = share.fraction() * weights / node.weight();
                fullest = Math.max(fullest, fairness);
                emptiest = Math.min(emptiest, fairness);
                report.row(node.id(), node.weight(), counts[i], share, rounded(fairness));
            }
        }
        report.fact("fullest", rounded(fullest));
        report.fact("emptiest", rounded(emptiest));
        return report;
    }

    private static BigDecimal rounded(double ratio) {
        return BigDecimal.valueOf(ratio).setScale(2, RoundingMode.HALF_EVEN);
    }
}
