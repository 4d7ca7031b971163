package io.memring.load.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** Runs clients side by side and prints a table. */
@Command(
        name = "bin/client-bench",
        description = {
            "Measures memcached clients of the JVM side by side, in turns, each in a JVM of its"
                    + " own.",
            ""
        },
        sortOptions = false,
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true)
final class ClientBench implements Callable<Integer> {
    @Option(
            names = "--node",
            required = true,
            paramLabel = "COMMAND",
            description = "starts a node on {port} of 127.0.0.1 and stays in the foreground")
    private String node = "";

    @Option(
            names = "--clients",
            split = ",",
            paramLabel = "NAME",
            description = "memring, spymemcached, xmemcached, folsom, elasticache (all)")
    private List<String> clients = Arrays.stream(Peer.values()).map(Peer::toString).toList();

    @Option(
            names = "--workloads",
            split = ",",
            paramLabel = "NAME",
            description =
                    "single, threads-64, pipelined-64, pipelined-1000, sets-64, bulk-100, rate-20k"
                            + " (all)")
    private List<String> workloads =
            Arrays.stream(Workload.values()).map(Workload::toString).toList();

    @Option(
            names = "--seconds",
            paramLabel = "NUMBER",
            description = "to warm up, and again to measure (4)")
    private int seconds = 4;

    @Option(names = "--rounds", paramLabel = "NUMBER", description = "times to do it all (1)")
    private int rounds = 1;

    @Option(
            names = "--elasticache-jar",
            required = true,
            paramLabel = "FILE",
            description = "the ElastiCache client, which cannot be on the class path of the others")
    private Path elasticacheJar = Path.of("");

    @Option(
            names = "--jvm-options",
            paramLabel = "WORDS",
            description = "for the JVMs of the clients (-Xmx512m)")
    private String jvmOptions = "-Xmx512m";

    /** It would log on stderr. */
    private static final String QUIET_SPYMEMCACHED =
            "-Dnet.spy.log.LoggerImpl=net.spy.memcached.compat.log.SLF4JLogger";

    private ClientBench() {}

    public static void main(String... arguments) {
        CommandLine line = new CommandLine(new ClientBench());
        // bin/client-bench names a node, which may be replaced.
        System.exit(line.setOverwrittenOptionsAllowed(true).execute(arguments));
    }

    /** The constant that is called so on the command line. */
    static <E extends Enum<E>> E constant(E[] constants, String name) {
        return Arrays.stream(constants)
                .filter(constant -> constant.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown: " + name));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        System.out.println("| workload | client | op/s | CPU µs/op | p50 µs | p99 µs | failures |");
        System.out.println("| --- | --- | --- | --- | --- | --- | --- |");
        for (int round = 0; round < rounds; round++) {
            for (String workload : workloads) {
                compare(constant(Workload.values(), workload));
            }
        }
        return 0;
    }

    private void compare(Workload workload) throws IOException, InterruptedException {
        List<NodeProcess> nodes = new ArrayList<>();
        try {
            for (int i = 0; i < workload.nodes; i++) {
                nodes.add(new NodeProcess(node));
            }
            // A node in Java has to warm up, too: what it is measured with first does not count.
            run(constant(Peer.values(), clients.get(0)), workload, nodes);
            for (String client : clients) {
                print(workload, client, run(constant(Peer.values(), client), workload, nodes));
            }
        } finally {
            for (NodeProcess started : nodes) {
                started.stop();
            }
        }
    }

    private static void print(Workload workload, String client, Figures figures) {
        System.out.println(
                String.format(
                        Locale.ROOT,
                        "| %s | %s | %.0f | %.2f | %.0f | %.0f | %d |",
                        workload,
                        client,
                        figures.perSecond(),
                        figures.cpuMicros(),
                        figures.p50Micros(),
                        figures.p99Micros(),
                        figures.failures()));
    }

    private Figures run(Peer peer, Workload workload, List<NodeProcess> nodes)
            throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(command(peer, workload, nodes))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            String line = out.readLine();
            if (process.waitFor() != 0 || line == null) {
                throw new IOException("a run failed: client=" + peer + " workload=" + workload);
            }
            return Figures.parse(line);
        }
    }

    private List<String> command(Peer peer, Workload workload, List<NodeProcess> nodes) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String jars = System.getProperty("java.class.path");
        String classPath =
                peer == Peer.ELASTICACHE ? elasticacheJar + File.pathSeparator + jars : jars;
        Stream<String> options =
                Stream.concat(
                        Stream.of(java, "--enable-native-access=ALL-UNNAMED", QUIET_SPYMEMCACHED),
                        Arrays.stream(jvmOptions.split(" ", -1)));
        Stream<String> arguments =
                Stream.of(
                        "-cp",
                        classPath,
                        ClientBenchRun.class.getName(),
                        peer.toString(),
                        workload.toString(),
                        Integer.toString(seconds));
        return Stream.of(options, arguments, nodes.stream().map(NodeProcess::address))
                .flatMap(words -> words)
                .toList();
    }
}
