package io.memring.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.memring.client.ring.Node;
import io.memring.load.engine.LoadEngine;
import io.memring.load.engine.LoadPlan;
import io.memring.load.report.ReportOptions;
import io.memring.load.result.LoadException;
import io.memring.load.result.LoadObserver;
import io.memring.load.result.LoadResult;
import io.memring.load.result.LoadRunner;
import io.memring.load.scenario.Scenario;
import io.memring.load.workload.Workload;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** {@code memring load}: load on the command line. */
@Command(
        name = "memring load",
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = {"Loads memcached-protocol servers, and shows what they make of it.", ""},
        footer = {
            "",
            "Scenarios: db-cache, session-store, write-heavy, big-values, hot-key,",
            "many-connections, churn; or a YAML file of options. Options on the command line win.",
            "",
            "Exit status: 0 if all went well, 1 if requests failed or values were wrong, 64 for a"
                    + " wrong command line, 69 if a server cannot be loaded, 130 if interrupted."
        })
public final class LoadCommand implements Callable<Integer> {

    private static final int FAULTY = 1;
    private static final int USAGE = 64;
    private static final int UNAVAILABLE = 69;
    private static final int INTERRUPTED = 130;

    /** How long an interrupted run may take for its report. */
    private static final long FAREWELL_MILLIS = 5_000;

    @Mixin private final TargetOptions target = new TargetOptions();
    @Mixin private final PaceOptions pace = new PaceOptions();
    @Mixin private final WorkloadOptions workloads = new WorkloadOptions();
    @Mixin private final ReportOptions reports = new ReportOptions();

    @Option(
            names = "--scenario",
            paramLabel = "NAME|FILE",
            description = "take options from a scenario")
    private @Nullable String scenario;

    @Option(names = "--label", paramLabel = "TEXT", description = "what to call the run in reports")
    private @Nullable String label;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "of everything random; printed, and a new one each time if not given")
    private @Nullable Long seed;

    private final PrintStream err;
    private final CommandLine line;

    /** Open until nothing more is to be said. */
    private final CountDownLatch reported = new CountDownLatch(1);

    private LoadCommand(PrintStream out, PrintStream err) {
        this.err = err;
        line = new CommandLine(this);
        HelpOption.addTo(line);
        line.setOut(new PrintWriter(out, true, UTF_8));
        line.setErr(new PrintWriter(err, true, UTF_8));
        line.setParameterExceptionHandler((wrong, _) -> complain(USAGE, wrong.getMessage()));
        line.setExecutionExceptionHandler((wrong, _, _) -> statusFor(wrong));
    }

    /** Runs a load and exits with its status. */
    public static void main(String... arguments) {
        System.exit(run(System.out, System.err, arguments));
    }

    /** Runs a load; the exit status. */
    static int run(PrintStream out, PrintStream err, String... arguments) {
        LoadCommand command = new LoadCommand(out, err);
        try {
            String scenario = scenarioOf(arguments);
            if (scenario != null) {
                command.take(Scenario.load(scenario));
            }
        } catch (IllegalArgumentException e) {
            return command.complain(USAGE, e.getMessage());
        }
        try {
            return command.line.execute(arguments);
        } finally {
            command.reported.countDown();
        }
    }

    /** The scenario has to be known before the other options, whose defaults it has. */
    private static @Nullable String scenarioOf(String... arguments) {
        String found = null;
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].startsWith("--scenario=")) {
                found = arguments[i].substring("--scenario=".length());
            } else if (arguments[i].equals("--scenario") && i + 1 < arguments.length) {
                found = arguments[i + 1];
            }
        }
        return found;
    }

    private void take(Scenario wanted) {
        for (String option : wanted.options().keySet()) {
            if (option.equals("scenario") || line.getCommandSpec().findOption(option) == null) {
                throw new IllegalArgumentException(
                        "the scenario %s has an unknown option: %s"
                                .formatted(wanted.name(), option));
            }
        }
        line.setDefaultValueProvider(new ScenarioDefaults(wanted));
    }

    /** Options that are not on the command line have the scenario's values. */
    private record ScenarioDefaults(Scenario scenario) implements IDefaultValueProvider {
        @Override
        public @Nullable String defaultValue(ArgSpec argument) {
            return argument instanceof OptionSpec option
                    ? scenario.options().get(option.longestName().replaceFirst("^--", ""))
                    : null;
        }
    }

    private int complain(int status, @Nullable String message) {
        err.println("memring load: " + message);
        return status;
    }

    private int statusFor(Exception wrong) throws Exception {
        return switch (wrong) {
            case ParameterException e -> complain(USAGE, e.getMessage());
            case IllegalArgumentException e -> complain(USAGE, e.getMessage());
            case LoadException e -> complain(UNAVAILABLE, e.getMessage());
            default -> throw wrong;
        };
    }

    @Override
    public Integer call() throws LoadException, InterruptedException {
        List<LoadResult> results =
                reports.run(target.names(), this::runner, line.getOut(), line.getErr());
        return results.stream().mapToInt(LoadCommand::status).max().orElse(0);
    }

    private LoadRunner runner(List<String> nodes, long pid) {
        LoadEngine engine = new LoadEngine(plan(nodes.stream().map(Node::parse).toList(), pid));
        return observer -> run(engine, observer);
    }

    private LoadResult run(LoadEngine engine, LoadObserver observer)
            throws LoadException, InterruptedException {
        Thread farewell = new Thread(() -> finish(engine), "memring-load-farewell");
        Runtime.getRuntime().addShutdownHook(farewell);
        LoadResult result = engine.run(observer);
        if (!result.interrupted()) {
            Runtime.getRuntime().removeShutdownHook(farewell);
        }
        return result;
    }

    /** An interrupted run still reports what it has measured. */
    private void finish(LoadEngine engine) {
        engine.cancel();
        try {
            if (!reported.await(FAREWELL_MILLIS, TimeUnit.MILLISECONDS)) {
                complain(INTERRUPTED, "no report, as it takes too long");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // The process ends without the report.
        }
    }

    private static int status(LoadResult result) {
        if (result.interrupted()) {
            return INTERRUPTED;
        }
        var counts = result.totals().all().counts();
        return counts.errors() + counts.wrongValues() > 0 ? FAULTY : 0;
    }

    /** One for all runs: the sides of a comparison have the same load. */
    private long seed() {
        Long chosen = seed;
        if (chosen == null) {
            chosen = System.nanoTime() & Long.MAX_VALUE;
            seed = chosen;
        }
        return chosen;
    }

    /** The load that the options describe, on these nodes. */
    private LoadPlan plan(List<Node> nodes, long pid) {
        Workload workload = workloads.workload();
        boolean traced = workloads.isTraced();
        Map<String, String> settings = new LinkedHashMap<>();
        WorkloadOptions.describe(workload, workloads.fill(), settings);
        pace.describe(settings);
        target.describe(settings);
        return new LoadPlan(
                label != null ? label : scenario != null ? scenario : "load",
                nodes,
                target.ringFormat(),
                target.protocol(),
                pace.connections,
                pace.pipeline,
                pace.threads(),
                (double) pace.rate,
                pace.isPoisson(),
                workloads.fill(),
                pace.warmUp(traced),
                pace.duration(traced),
                pace.requests,
                pace.requestsPerConnection,
                pace.timeout,
                target.tls(),
                target.login(),
                pace.ramp(),
                pid,
                seed(),
                workload,
                settings);
    }
}
