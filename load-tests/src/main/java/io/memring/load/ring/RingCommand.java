package io.memring.load.ring;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.memring.client.error.MemcacheException;
import io.memring.load.HelpOption;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;
import picocli.CommandLine.Command;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.concurrent.Callable;

/** {@code memring ring}: rings on the command line. */
@Command(
        name = "memring ring",
        description = {
            "Shows how a hash ring spreads keys over nodes, and reads and writes items by it.",
            ""
        },
        footer = {
            "",
            "Exit status: 0 if all went well, 1 if a key has no item, 64 for a wrong command line,"
                    + " 66 for a file that cannot be read, 69 if a node cannot be reached.",
            "",
            "\"memring ring COMMAND -h\" explains a command."
        },
        synopsisSubcommandLabel = "COMMAND",
        usageHelpAutoWidth = true)
public final class RingCommand implements Callable<Integer> {
    private final CommandLine line = new CommandLine(this);
    private final Console console;

    private RingCommand(Console console) {
        this.console = console;
        line.addSubcommand(new LocateCommand(console))
                .addSubcommand(new BalanceCommand(console))
                .addSubcommand(new DiffCommand(console))
                .addSubcommand(new FingerprintCommand(console))
                .addSubcommand(new GetCommand(console))
                .addSubcommand(new SetCommand(console))
                .addSubcommand(new DeleteCommand(console))
                .addSubcommand(new StatusCommand(console));
        HelpOption.addTo(line);
        line.getSubcommands().values().forEach(HelpOption::addTo);
        line.setOut(new PrintWriter(console.out(), true, UTF_8));
        line.setErr(new PrintWriter(console.err(), true, UTF_8));
        line.setParameterExceptionHandler(
                (wrong, _) -> complain(ExitStatus.USAGE, wrong.getMessage()));
        line.setExecutionExceptionHandler((wrong, _, _) -> statusFor(wrong));
    }

    /** Runs a command and exits with its status. */
    public static void main(String... arguments) {
        // Not flushed line by line: there may be a million keys to locate.
        PrintStream out =
                new PrintStream(
                        new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)),
                        false,
                        UTF_8);
        int status = run(new Console(System.in, out, System.err), arguments);
        out.flush();
        System.exit(status);
    }

    /** Runs a command; the exit status. */
    static int run(Console console, String... arguments) {
        return new RingCommand(console).line.execute(arguments);
    }

    /** Without a command there is only help to give. */
    @Override
    public Integer call() {
        line.usage(console.err());
        return ExitStatus.USAGE;
    }

    private int statusFor(Exception wrong) throws Exception {
        return switch (wrong) {
            case IllegalArgumentException e -> complain(ExitStatus.USAGE, e.getMessage());
            case MemcacheException e ->
                    complain(ExitStatus.UNAVAILABLE, ClientSubcommand.describe(e));
            case IOException e -> complain(ExitStatus.NO_INPUT, e.toString());
            default -> throw wrong;
        };
    }

    private int complain(int status, @Nullable String message) {
        console.complain(message);
        return status;
    }
}
