package io.memring.load.ring;

import io.memring.client.HashRing;
import io.memring.client.SyncCommands;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.util.ArrayList;
import java.util.List;

/** Removes items from the nodes of their keys. */
@Command(
        name = "delete",
        description = {"Removes items, and prints each key, its node and what came of it.", ""},
        sortOptions = false,
        usageHelpAutoWidth = true)
final class DeleteCommand extends ClientSubcommand {
    @Parameters(paramLabel = "KEY", arity = "1..*", description = "keys")
    private List<String> keys = new ArrayList<>();

    DeleteCommand(Console console) {
        super(console);
    }

    @Override
    int call(HashRing client) {
        SyncCommands<byte[]> items = client.sync(new RawCodec(0));
        return forEach(keys, key -> show(client, key, items.delete(key)));
    }

    private int show(HashRing client, String key, boolean deleted) {
        print(client, key, "result", deleted ? "DELETED" : "NOT_FOUND");
        return deleted ? ExitStatus.OK : ExitStatus.MISS;
    }
}
