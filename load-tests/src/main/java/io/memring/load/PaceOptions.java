package io.memring.load;

import io.memring.load.engine.RampPlan;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The options about how much is sent, and for how long. */
final class PaceOptions {

    private static final Pattern KNEE = Pattern.compile("p?(\\d{1,3}(?:\\.\\d+)?)\\s*<\\s*(\\S+)");
    private static final Duration DEFAULT_DURATION = Duration.ofSeconds(10);
    private static final Duration DEFAULT_WARM_UP = Duration.ofSeconds(2);
    private static final int MAX_DEFAULT_THREADS = 4;

    @Option(
            names = {"-c", "--connections"},
            paramLabel = "N",
            defaultValue = "50",
            description = "connections to each node (${DEFAULT-VALUE})")
    int connections;

    @Option(
            names = {"-p", "--pipeline"},
            paramLabel = "N",
            defaultValue = "1",
            description = "requests in flight on a connection (${DEFAULT-VALUE})")
    int pipeline;

    @Option(
            names = {"-t", "--threads"},
            paramLabel = "N",
            description = "threads that make load; half of the cores, 4 at most, if not given")
    private @Nullable Integer threads;

    @Option(
            names = {"-r", "--rate"},
            paramLabel = "N",
            converter = Amount.class,
            defaultValue = "0",
            description = {
                "requests per second (open loop); latencies count from the time at which a",
                "request was to be sent. Without it, each connection sends when it has its replies"
            })
    long rate;

    @Option(
            names = "--arrivals",
            paramLabel = "NAME",
            defaultValue = "even",
            description = "of requests of the open loop: even or poisson (${DEFAULT-VALUE})")
    private String arrivals = "even";

    @Option(
            names = {"-d", "--duration"},
            paramLabel = "TIME",
            converter = TimeSpan.class,
            description = "how long to measure (10s, if nothing else bounds the run)")
    private @Nullable Duration duration;

    @Option(
            names = {"-n", "--requests"},
            paramLabel = "N",
            converter = Amount.class,
            defaultValue = "0",
            description = "how many requests to measure")
    long requests;

    @Option(
            names = {"-w", "--warm-up"},
            paramLabel = "TIME",
            converter = TimeSpan.class,
            description = "load before that (2s; of a trace nothing)")
    private @Nullable Duration warmUp;

    @Option(
            names = "--ramp",
            paramLabel = "FROM-TO",
            description = {
                "search the knee between two rates: the highest one at which the latency stays",
                "under --knee"
            })
    private @Nullable String ramp;

    @Option(
            names = "--knee",
            paramLabel = "pN<TIME",
            defaultValue = "p99<5ms",
            description = "what the latency may be (${DEFAULT-VALUE})")
    private String knee = "p99<5ms";

    @Option(
            names = "--step",
            paramLabel = "TIME",
            converter = TimeSpan.class,
            defaultValue = "5s",
            description = "how long a ramp tries each rate (${DEFAULT-VALUE})")
    private Duration step = Duration.ofSeconds(5);

    @Option(
            names = "--requests-per-connection",
            paramLabel = "N",
            defaultValue = "0",
            description = "connect anew after so many requests")
    long requestsPerConnection;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = TimeSpan.class,
            defaultValue = "10s",
            description = "give up a request, or connecting, after this (${DEFAULT-VALUE})")
    Duration timeout = Duration.ofSeconds(10);

    int threads() {
        int usual =
                Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, MAX_DEFAULT_THREADS);
        return threads == null ? Math.min(usual, Math.max(1, connections)) : threads;
    }

    boolean isPoisson() {
        return switch (arrivals.toLowerCase(Locale.ROOT)) {
            case "even" -> false;
            case "poisson" -> true;
            default ->
                    throw new IllegalArgumentException("arrivals are even or poisson: " + arrivals);
        };
    }

    Duration duration(boolean traced) {
        if (duration != null) {
            return duration;
        }
        return requests > 0 || traced ? Duration.ZERO : DEFAULT_DURATION;
    }

    Duration warmUp(boolean traced) {
        if (warmUp != null) {
            return warmUp;
        }
        return traced ? Duration.ZERO : DEFAULT_WARM_UP;
    }

    @Nullable RampPlan ramp() {
        if (ramp == null) {
            return null;
        }
        String[] bounds = ramp.split("-", 2);
        Matcher limit = KNEE.matcher(knee);
        if (bounds.length < 2 || !limit.matches()) {
            throw new IllegalArgumentException(
                    "a ramp is written --ramp 10k-200k --knee 'p99<5ms': " + ramp + ", " + knee);
        }
        Amount amount = new Amount();
        return new RampPlan(
                (double) amount.convert(bounds[0]),
                (double) amount.convert(bounds[1]),
                Double.parseDouble(limit.group(1)),
                new TimeSpan().convert(limit.group(2)),
                step);
    }

    /** Adds what differs from the usual, in words. */
    void describe(Map<String, String> settings) {
        if (rate > 0) {
            settings.put("arrivals", arrivals);
        }
        if (ramp != null) {
            settings.put("ramp", ramp);
            settings.put("knee", knee);
            settings.put("step", step.toMillis() + "ms");
        }
        if (requestsPerConnection > 0) {
            settings.put("requests-per-connection", Long.toString(requestsPerConnection));
        }
    }
}
