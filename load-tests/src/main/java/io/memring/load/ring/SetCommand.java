package io.memring.load.ring;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.memring.client.HashRing;
import io.memring.client.Ttl;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Stores an item on the node of its key. */
@Command(
        name = "set",
        description = {
            "Stores a value, from standard input if none is named, and prints the key's node.",
            ""
        },
        sortOptions = false,
        usageHelpAutoWidth = true)
final class SetCommand extends ClientSubcommand {
    @Parameters(index = "0", paramLabel = "KEY", description = "the key")
    private String key = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "VALUE", description = "the value")
    private @Nullable String value;

    @Option(
            names = "--ttl",
            paramLabel = "SECONDS",
            description = "how long it lives; for ever unless this is given")
    private long ttlSeconds;

    @Option(names = "--flags", paramLabel = "NUMBER", description = "its client flags (0)")
    private long clientFlags;

    SetCommand(Console console) {
        super(console);
    }

    @Override
    int call(HashRing client) throws IOException {
        byte[] bytes = value == null ? console.in().readAllBytes() : value.getBytes(UTF_8);
        Ttl ttl = ttlSeconds == 0 ? Ttl.never() : Ttl.of(Duration.ofSeconds(ttlSeconds));
        return forEach(List.of(key), word -> store(client, word, bytes, ttl));
    }

    private int store(HashRing client, String word, byte[] bytes, Ttl ttl) {
        var result = client.sync(new RawCodec((int) clientFlags)).set(word, bytes, ttl);
        print(client, word, "result", result);
        return ExitStatus.OK;
    }
}
