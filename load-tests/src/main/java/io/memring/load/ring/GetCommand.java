package io.memring.load.ring;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.memring.client.HashRing;
import io.memring.client.SyncCommands;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Fetches items from the nodes of their keys. */
@Command(
        name = "get",
        description = {"Prints each key, its node and its value.", ""},
        sortOptions = false,
        usageHelpAutoWidth = true)
final class GetCommand extends ClientSubcommand {
    @Parameters(paramLabel = "KEY", arity = "1..*", description = "keys")
    private List<String> keys = new ArrayList<>();

    @Option(names = "--raw", description = "print the bytes of the value and nothing else")
    private boolean raw;

    GetCommand(Console console) {
        super(console);
    }

    @Override
    int call(HashRing client) {
        SyncCommands<byte[]> items = client.sync(new RawCodec(0));
        return forEach(keys, key -> show(client, key, items.get(key)));
    }

    private int show(HashRing client, String key, Optional<byte[]> value) {
        if (value.isEmpty()) {
            console.complain(key + ": no item on " + client.nodeFor(key).id());
            return ExitStatus.MISS;
        }
        if (raw) {
            console.out().writeBytes(value.get());
        } else {
            print(client, key, "value", new String(value.get(), UTF_8));
        }
        return ExitStatus.OK;
    }
}
