package io.memring.load;

import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The option that all commands have. */
public final class HelpOption {

    private HelpOption() {}

    /** Lets a command explain itself. */
    public static void addTo(CommandLine line) {
        line.getCommandSpec()
                .addOption(
                        OptionSpec.builder("-h", "--help")
                                .usageHelp(true)
                                .description("print this")
                                .build());
    }
}
