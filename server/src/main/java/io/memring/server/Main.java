package io.memring.server;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;

/** The node as a process of its own. */
public final class Main {

    /** Exit status for a wrong command line, from {@code sysexits.h}. */
    private static final int EXIT_USAGE = 64;

    /** Exit status for what the system refuses, from {@code sysexits.h}. */
    private static final int EXIT_SYSTEM = 71;

    /** Where memcached's own tests want to find the ports. */
    private static final String PORT_FILE_VARIABLE = "MEMCACHED_PORT_FILENAME";

    /** A file that the launcher waits to see deleted. */
    private static final String READY_FILE_PROPERTY = "memring.readyFile";

    /** Of the JDK's own logging, on stderr: one line for a message, and no more. */
    private static final String LOG_FORMAT_PROPERTY = "java.util.logging.SimpleFormatter.format";

    private static final String LOG_FORMAT = "memring: %5$s%6$s%n";

    /** Of Netty's default allocator, which nobody uses: each channel has the node's own. */
    private static final String ALLOCATOR_PROPERTY = "io.netty.allocator.type";

    private static final String SIMPLEST_ALLOCATOR = "unpooled";

    private static final String PASSWD_COMMAND = "passwd";

    private Main() {}

    public static void main(String... arguments) {
        prepareJvm();
        int status;
        try {
            status = run(arguments);
        } catch (InvalidOptionException e) {
            status = fail(EXIT_USAGE, e.getMessage());
        } catch (UncheckedIOException e) {
            status = fail(EXIT_SYSTEM, e.getMessage());
        } catch (IOException e) {
            status = fail(EXIT_SYSTEM, e.toString());
        }
        System.exit(status);
    }

    /** Sets what belongs to the JVM as a whole. Call before the first use of Netty. */
    static void prepareJvm() {
        System.setProperty(LOG_FORMAT_PROPERTY, LOG_FORMAT);
        System.setProperty(ALLOCATOR_PROPERTY, SIMPLEST_ALLOCATOR);
        ServiceSearches.avoid();
    }

    private static int fail(int status, @Nullable String message) {
        System.err.println("memring: " + message);
        return status;
    }

    private static int run(String... arguments) throws IOException {
        if (arguments.length > 0 && arguments[0].equals(PASSWD_COMMAND)) {
            return PasswordCommand.run(
                    System.in,
                    System.out,
                    System.err,
                    Arrays.copyOfRange(arguments, 1, arguments.length));
        }
        Invocation invocation = CommandLineReader.read(arguments);
        // A switch over types is linked at run time, which takes a start ten milliseconds.
        return invocation instanceof Invocation.Serve serve
                ? serve(serve)
                : print((Invocation.Print) invocation);
    }

    private static int print(Invocation.Print what) throws IOException {
        String file =
                switch (what) {
                    case HELP, VERSION -> "usage.txt";
                    case LICENSE -> "license.txt";
                };
        try (InputStream in = Main.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is missing from the build");
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            System.out.print(
                    what == Invocation.Print.VERSION
                            ? text.lines().findFirst().orElse("") + System.lineSeparator()
                            : text);
        }
        return 0;
    }

    private static int serve(Invocation.Serve serve) throws IOException {
        MemringServer server = start(serve);
        if (serve.warmUp()) {
            WarmUp.begin(serve.config());
        }
        server.awaitClosed();
        if (serve.pidFile() != null) {
            Files.deleteIfExists(serve.pidFile());
        }
        return 0;
    }

    /** Starts a node that obeys the signals of the operating system, and tells where it is. */
    static MemringServer start(Invocation.Serve serve) throws IOException {
        serve.warnings().forEach(warning -> System.err.println("memring: " + warning));
        CompletableFuture<MemringServer> starting = new CompletableFuture<>();
        handleSignals(starting);
        MemringServer server = MemringServer.start(serve.config(), Main::sayGoodbye);
        tenureWhatTheStartHasLeft();
        starting.complete(server);
        try {
            announce(server, serve.pidFile());
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
        return server;
    }

    /**
     * Collects garbage while hardly anybody has connected yet, which takes ten milliseconds. What
     * the start has left is then in the old generation, where the collections of the young one
     * under load need not copy it.
     */
    private static void tenureWhatTheStartHasLeft() {
        System.gc();
    }

    /** From before the first connection; a signal that comes while the node starts waits for it. */
    private static void handleSignals(CompletableFuture<MemringServer> starting) {
        ProcessSignals.handle("TERM", () -> starting.join().stop(false));
        ProcessSignals.handle("INT", () -> starting.join().stop(false));
        ProcessSignals.handle("USR1", () -> starting.join().stop(true));
        ProcessSignals.handle("HUP", () -> starting.join().reload());
    }

    private static void sayGoodbye(boolean graceful) {
        if (graceful) {
            System.err.println("Gracefully stopping");
        }
    }

    private static void announce(MemringServer server, @Nullable Path pidFile) throws IOException {
        String portFile = System.getenv(PORT_FILE_VARIABLE);
        if (portFile != null && !portFile.isEmpty()) {
            RuntimeFiles.writePortFile(
                    Path.of(portFile), server.addresses(), server.udpAddresses());
        }
        if (pidFile != null) {
            RuntimeFiles.writePidFile(pidFile);
        }
        String readyFile = System.getProperty(READY_FILE_PROPERTY);
        if (readyFile != null) {
            Files.delete(Path.of(readyFile));
        }
    }
}
