package io.memring.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.memring.sasl.CommandClass;
import io.memring.sasl.CredentialFile;
import io.memring.sasl.Mechanism;
import io.memring.sasl.Permissions;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;

/** {@code memring passwd}: writes credential files, in which no password can be read. */
@Command(
        name = "memring passwd",
        description = {
            "Sets a user's password in a credential file, for -Y and -o sasl_file.",
            "",
            "The file is made if it is not there. A running node takes the change over at the"
                    + " next login.",
            ""
        },
        sortOptions = false)
final class PasswordCommand implements Callable<Integer> {
    private static final int EXIT_USAGE = 64;
    private static final int EXIT_NO_INPUT = 66;
    private static final int EXIT_CANNOT_WRITE = 73;

    private static final Set<Mechanism> DEFAULT_MECHANISMS =
            EnumSet.of(Mechanism.SCRAM_SHA_256, Mechanism.SCRAM_SHA_512);

    private final InputStream in;
    private final PrintStream err;

    @Parameters(index = "0", paramLabel = "FILE", description = "the credential file")
    private Path file = Path.of("");

    @Parameters(index = "1", paramLabel = "USER", description = "the user's name")
    private String user = "";

    @Option(names = "--stdin", description = "read the password from standard input, one line")
    private boolean fromStdin;

    @Option(
            names = "--mechanism",
            paramLabel = "NAME",
            description = {
                "make the password good for this mechanism: SCRAM-SHA-256, SCRAM-SHA-512 (both,"
                        + " which PLAIN and -Y need as well) or CRAM-MD5, which keeps it readable;"
                        + " may be given several times"
            })
    private List<String> mechanisms = new ArrayList<>();

    @Option(
            names = "--no-password",
            description =
                    "set permissions alone; a new user can then log in with a certificate only")
    private boolean withoutPassword;

    @Option(names = "--delete", description = "remove the user")
    private boolean delete;

    @Option(names = "--read", description = "allow commands that read")
    private boolean read;

    @Option(names = "--write", description = "allow commands that write")
    private boolean write;

    @Option(
            names = "--admin",
            description =
                    "allow commands about the node; without any of these three, all are allowed,"
                            + " or with a prefix all but these")
    private boolean admin;

    @Option(
            names = "--prefix",
            paramLabel = "TEXT",
            description = "allow only keys that begin so; may be given several times")
    private List<String> prefixes = new ArrayList<>();

    private PasswordCommand(InputStream in, PrintStream err) {
        this.in = in;
        this.err = err;
    }

    /** Runs the command; returns the exit status. */
    static int run(InputStream in, PrintStream out, PrintStream err, String... arguments) {
        PasswordCommand command = new PasswordCommand(in, err);
        CommandLine line = new CommandLine(command);
        line.getCommandSpec()
                .addOption(
                        OptionSpec.builder("-h", "--help")
                                .usageHelp(true)
                                .description("print this")
                                .build());
        line.setOut(new PrintWriter(out, true, UTF_8));
        line.setErr(new PrintWriter(err, true, UTF_8));
        line.setParameterExceptionHandler(
                (wrong, _) -> command.fail(EXIT_USAGE, String.valueOf(wrong.getMessage())));
        return line.execute(arguments);
    }

    private int fail(int status, String message) {
        err.println("memring passwd: " + message);
        return status;
    }

    @Override
    public Integer call() {
        CredentialFile users;
        try {
            users = Files.exists(file) ? CredentialFile.read(file) : new CredentialFile();
        } catch (IOException e) {
            return fail(EXIT_NO_INPUT, String.valueOf(e.getMessage()));
        }
        try {
            String problem = delete ? remove(users) : set(users);
            if (problem != null) {
                return fail(EXIT_USAGE, problem);
            }
            users.write(file);
            return 0;
        } catch (IllegalArgumentException e) {
            return fail(EXIT_USAGE, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return fail(EXIT_CANNOT_WRITE, e.toString());
        }
    }

    /** What is wrong, or null. */
    private @Nullable String remove(CredentialFile users) {
        return users.remove(user) ? null : user + ": no such user in " + file;
    }

    /** What is wrong, or null. */
    private @Nullable String set(CredentialFile users) throws IOException {
        Set<Mechanism> wanted = chosenMechanisms();
        Permissions permissions = permissions(users.permissions(user));
        if (withoutPassword) {
            users.setPermissions(user, permissions);
            return null;
        }
        if (wanted.contains(Mechanism.CRAM_MD5)) {
            err.println("memring passwd: for CRAM-MD5 the password can be read in the file");
        }
        String password = fromStdin ? readLine() : ask();
        if (password == null) {
            return fromStdin
                    ? "no password on standard input"
                    : "no password: the two differ, or there is no terminal (use --stdin)";
        }
        users.set(user, password, wanted, permissions, new SecureRandom());
        return null;
    }

    private Set<Mechanism> chosenMechanisms() {
        Set<Mechanism> chosen = EnumSet.noneOf(Mechanism.class);
        for (String name : mechanisms) {
            Mechanism mechanism = Mechanism.ofWireName(name);
            if (mechanism == null
                    || mechanism == Mechanism.PLAIN
                    || mechanism == Mechanism.EXTERNAL) {
                throw new IllegalArgumentException(
                        "--mechanism "
                                + name
                                + ": must be SCRAM-SHA-256, SCRAM-SHA-512 or CRAM-MD5");
            }
            chosen.add(mechanism);
        }
        return chosen.isEmpty() ? DEFAULT_MECHANISMS : chosen;
    }

    /** Those of before stay when none are named. */
    private Permissions permissions(@Nullable Permissions before) {
        Set<CommandClass> commands = EnumSet.noneOf(CommandClass.class);
        if (read) {
            commands.add(CommandClass.READ);
        }
        if (write) {
            commands.add(CommandClass.WRITE);
        }
        if (admin) {
            commands.add(CommandClass.ADMIN);
        }
        if (commands.isEmpty() && prefixes.isEmpty()) {
            return before == null ? Permissions.ALL : before;
        }
        return new Permissions(
                commands.isEmpty() ? EnumSet.of(CommandClass.READ, CommandClass.WRITE) : commands,
                prefixes);
    }

    private @Nullable String readLine() throws IOException {
        return new BufferedReader(new InputStreamReader(in, UTF_8)).readLine();
    }

    /** Asks twice without echo; null when there is nobody to ask, or the answers differ. */
    private @Nullable String ask() {
        Console console = Objects.requireNonNull(System.console());
        if (!console.isTerminal()) {
            return null;
        }
        char[] password = console.readPassword("Password of %s: ", user);
        char[] again = console.readPassword("Once more: ");
        boolean same = password != null && again != null && Arrays.equals(password, again);
        return same ? new String(password) : null;
    }
}
