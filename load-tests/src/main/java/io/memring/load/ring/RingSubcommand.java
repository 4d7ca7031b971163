package io.memring.load.ring;

import static java.util.stream.Collectors.joining;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.Map;
import java.util.concurrent.Callable;

/** What all commands about rings have in common. */
abstract class RingSubcommand implements Callable<Integer> {
    final Console console;

    @Mixin final RingOptions ring = new RingOptions();

    @Option(names = "--json", description = "print JSON")
    boolean json;

    RingSubcommand(Console console) {
        this.console = console;
    }

    /**
     * Prints what there is to say about a key: values with tabs between them, or a JSON object of
     * names and values.
     */
    final void printLine(Map<String, Object> fields) {
        console.out()
                .println(
                        json
                                ? Json.of(fields)
                                : fields.values().stream()
                                        .map(String::valueOf)
                                        .collect(joining("\t")));
    }
}
