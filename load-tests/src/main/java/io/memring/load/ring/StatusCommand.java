package io.memring.load.ring;

import io.memring.client.BulkOutcome;
import io.memring.client.HashRing;
import io.memring.client.ring.Node;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;

import java.util.Map;

/** Says which nodes are up. */
@Command(
        name = "status",
        description = {"Prints the state of each node, its version and what it holds.", ""},
        sortOptions = false,
        usageHelpAutoWidth = true)
final class StatusCommand extends ClientSubcommand {
    private static final Map<String, String> NOTHING = Map.of();

    StatusCommand(Console console) {
        super(console);
    }

    @Override
    int call(HashRing client) {
        BulkOutcome<Map<String, String>> stats = client.admin().stats();
        Report report = new Report("nodes", "node", "state", "version", "items", "hits", "misses");
        for (Node node : client.ring().nodes()) {
            Map<String, String> known = stats.results().getOrDefault(node.id(), NOTHING);
            report.row(
                    node.id(),
                    known.isEmpty() ? "down" : "up",
                    known.get("version"),
                    number(known.get("curr_items")),
                    number(known.get("get_hits")),
                    number(known.get("get_misses")));
        }
        report.fact("fingerprint", client.ring().fingerprint());
        report.print(console.out(), json);
        stats.failures().forEach((_, failure) -> console.complain(describe(failure)));
        return stats.isComplete() ? ExitStatus.OK : ExitStatus.UNAVAILABLE;
    }

    private static @Nullable Long number(@Nullable String digits) {
        return digits == null ? null : Long.valueOf(digits);
    }
}
