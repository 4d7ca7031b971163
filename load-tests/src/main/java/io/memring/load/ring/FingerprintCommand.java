package io.memring.load.ring;

import picocli.CommandLine.Command;

import java.util.Map;

/** Prints what two programs have to agree on to share a cache. */
@Command(
        name = "fingerprint",
        description = {
            "Prints sixteen digits that are the same for rings that place keys alike; an"
                    + " application finds them in ring().fingerprint().",
            ""
        },
        sortOptions = false,
        usageHelpAutoWidth = true)
final class FingerprintCommand extends RingSubcommand {
    FingerprintCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() {
        printLine(Map.of("fingerprint", ring.placement().ring().fingerprint()));
        return ExitStatus.OK;
    }
}
