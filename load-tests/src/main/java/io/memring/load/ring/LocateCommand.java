package io.memring.load.ring;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Says where keys live. */
@Command(
        name = "locate",
        description = {
            "Prints each key and its node. Keys are read from standard input if none are named.",
            ""
        },
        sortOptions = false,
        usageHelpAutoWidth = true)
final class LocateCommand extends RingSubcommand {
    @Mixin private final KeySource keys = new KeySource();

    LocateCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() throws IOException {
        Placement placement = ring.placement();
        keys.orStandardInput().forEach(console.in(), key -> print(key, placement));
        return ExitStatus.OK;
    }

    private void print(String key, Placement placement) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("key", key);
        fields.put("node", placement.nodeFor(key).id());
        printLine(fields);
    }
}
