package io.memring.server;

import io.memring.server.connection.ConnectionConfig.Binding;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a node's command line: memcached's own, so that a node takes memcached's place without
 * changes to it.
 */
final class CommandLineReader {

    private static final int OCTAL = 8;
    private static final String SERVER_COMMAND = "server";
    private static final String SASL_PASSWORDS_VARIABLE = "MEMCACHED_SASL_PWDB";

    private final ServerBuilder server = new ServerBuilder();
    private final ExtendedOptionReader extended = new ExtendedOptionReader(server);
    private final List<String> warnings = new ArrayList<>();
    private @Nullable Path pidFile;
    private Invocation.@Nullable Print print;
    private boolean tcpPortGiven;
    private boolean addressesGiven;
    private int udpPort;
    private int verbosity;

    private CommandLineReader() {}

    /**
     * The invocation that {@code arguments} mean; {@link InvalidOptionException} where they mean
     * none.
     */
    static Invocation read(String... arguments) {
        return new CommandLineReader().readAll(arguments);
    }

    private Invocation readAll(String[] words) {
        ArgumentScanner scanned = ArgumentScanner.scan(words);
        for (String word : scanned.otherWords()) {
            if (!word.equals(SERVER_COMMAND)) {
                throw new InvalidOptionException(
                        word + ": unknown command (there are: " + SERVER_COMMAND + ", passwd)");
            }
        }
        for (ArgumentScanner.Argument argument : scanned.arguments()) {
            Flag flag = argument.flag();
            flag.support().require(flag.optionName());
            String value = argument.value();
            if (value == null) {
                applySwitch(flag);
            } else {
                applyValue(flag, value.strip());
            }
        }
        if (print != null) {
            return print;
        }
        applyUdpPort();
        server.verbosity(verbosity);
        return new Invocation.Serve(server.build(), pidFile, extended.warmUp(), warnings);
    }

    private void applySwitch(Flag flag) {
        switch (flag) {
            case ENABLE_SHUTDOWN -> server.shutdownCommand(true);
            case DISABLE_EVICTIONS -> server.evictToFree(false);
            case VERBOSE -> verbosity++;
            case HELP -> print = Invocation.Print.HELP;
            case LICENSE -> print = Invocation.Print.LICENSE;
            case VERSION -> print = Invocation.Print.VERSION;
            case ENABLE_SASL -> enableSasl();
            case DISABLE_CAS -> server.casEnabled(false);
            case DISABLE_FLUSH_ALL -> server.flushCommand(false);
            case DISABLE_DUMPING -> server.dumpCommands(false);
            case DISABLE_WATCH -> server.watchCommand(false);
            case ENABLE_SSL -> server.tls().enabled = true;
            case DAEMON -> {} // The launcher has put this process into the background.
            default -> requireIgnored(flag);
        }
    }

    private void applyValue(Flag flag, String text) {
        String name = flag.optionName();
        switch (flag) {
            case PORT -> applyPort(name, text);
            case UDP_PORT -> udpPort = OptionValue.inRange(name, integer(name, text), -1, 65_535);
            case UNIX_SOCKET -> server.unixSocket(Path.of(text));
            case UNIX_MASK -> server.unixMask(octal(name, text));
            case LISTEN -> {
                addressesGiven = true;
                server.listen(text);
            }
            case USER -> warnAboutUser(text);
            case MEMORY_LIMIT -> server.memoryLimitMegabytes(integer(name, text));
            case CONN_LIMIT -> server.maxConnections(integer(name, text));
            case PIDFILE -> pidFile = Path.of(text);
            case SLAB_GROWTH_FACTOR -> server.growthFactor(OptionValue.decimal(name, text));
            case SLAB_MIN_SIZE -> server.chunkSizeMin(integer(name, text));
            case PREFIX_DELIMITER -> server.countPrefixes(delimiter(name, text));
            case THREADS -> server.workers(integer(name, text));
            case MAX_REQS_PER_EVENT -> server.requestsPerEvent(integer(name, text));
            case LISTEN_BACKLOG -> server.backlog(integer(name, text));
            case PROTOCOL -> server.binding(binding(name, text));
            case AUTH_FILE -> server.authFile(Path.of(text));
            case MAX_ITEM_SIZE -> server.itemSizeMax(OptionValue.size(name, text));
            case EXTENDED -> extended.read(text);
            case TRANSPORT -> server.transport(Transport.ofOptionName(name, text));
            default -> requireIgnored(flag);
        }
    }

    /** A supported flag that is not applied is a gap in the tables above. */
    private static void requireIgnored(Flag flag) {
        if (flag.support() != Support.IGNORED) {
            throw new IllegalStateException(flag + " is applied nowhere");
        }
    }

    /** memcached's users are in a file that the environment names. */
    private void enableSasl() {
        server.sasl(true);
        String passwords = System.getenv(SASL_PASSWORDS_VARIABLE);
        if (passwords != null && !passwords.isEmpty()) {
            server.saslPasswords(Path.of(passwords));
        }
    }

    private static int integer(String name, String text) {
        return OptionValue.integer(name, text);
    }

    private static int octal(String name, String text) {
        try {
            return Integer.parseInt(text, OCTAL);
        } catch (NumberFormatException _) {
            throw new InvalidOptionException(name, text, "must be an octal mode from 0 to 777");
        }
    }

    private static Binding binding(String name, String text) {
        return switch (text) {
            case "auto" -> Binding.AUTO;
            case "ascii" -> Binding.ASCII;
            case "binary" -> Binding.BINARY;
            default ->
                    throw new InvalidOptionException(name, text, "must be auto, ascii or binary");
        };
    }

    /** memcached takes the first character of longer words. */
    private static char delimiter(String name, String text) {
        if (text.length() != 1 || text.charAt(0) <= ' ' || text.charAt(0) > '~') {
            throw new InvalidOptionException(name, text, "must be one printable ASCII character");
        }
        return text.charAt(0);
    }

    /** As in memcached, 0 turns TCP off and -1 leaves the choice to the system. */
    private void applyPort(String name, String text) {
        tcpPortGiven = true;
        int port = OptionValue.inRange(name, integer(name, text), -1, 65_535);
        if (port == 0) {
            server.withoutTcp();
        } else {
            server.port(Math.max(port, 0));
        }
    }

    /** memcached takes the UDP port for TCP as well when no TCP port is given. */
    private void applyUdpPort() {
        if (udpPort == 0) {
            return;
        }
        server.udpPort(Math.max(udpPort, 0));
        if (!addressesGiven) {
            warnings.add(
                    "-U " + udpPort + ": for clients on this machine only; -l names addresses");
        }
        if (!tcpPortGiven) {
            server.port(Math.max(udpPort, 0));
        }
    }

    /** A node keeps the identity it was started with; that matters when it was started by root. */
    private void warnAboutUser(String user) {
        String self = System.getProperty("user.name", "");
        if (self.equals("root") && !user.equals(self)) {
            warnings.add("-u " + user + ": ignored, the node runs as " + self);
        }
    }
}
