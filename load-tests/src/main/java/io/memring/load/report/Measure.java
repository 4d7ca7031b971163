package io.memring.load.report;

import io.memring.load.result.Latencies;
import io.memring.load.result.LoadResult;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/** What comparisons compare, and which of several rounds speaks for a side. */
enum Measure {
    /** Noise only ever adds to the CPU time of a request: the least is the least disturbed. */
    CPU("CPU per request", LoadResult::serverNanosPerRequest) {
        @Override
        double best(double[] rounds) {
            return Arrays.stream(rounds).min().orElse(Double.NaN);
        }
    },
    /** Noise only ever takes from the rate. */
    RATE("requests per second", result -> result.totals().requestRate()) {
        @Override
        double best(double[] rounds) {
            return Arrays.stream(rounds).max().orElse(Double.NaN);
        }

        @Override
        String text(double value) {
            return Figures.compact(value);
        }
    },
    /** The least latency may be luck: the median speaks. */
    P50("p50", percentile(50)),
    P99("p99", percentile(99)),
    P999("p99.9", percentile(99.9));

    private final String label;
    private final ToDoubleFunction<LoadResult> value;

    Measure(String label, ToDoubleFunction<LoadResult> value) {
        this.label = label;
        this.value = value;
    }

    private static ToDoubleFunction<LoadResult> percentile(double percentile) {
        return result -> {
            Latencies latencies = result.totals().all().latencies();
            return latencies.nanosAt(percentile);
        };
    }

    String label() {
        return label;
    }

    /** Of one round; not a number where it is not known. */
    double of(LoadResult round) {
        return value.applyAsDouble(round);
    }

    /** What speaks for all rounds. */
    double best(double[] rounds) {
        return Quantiles.of(rounds).median();
    }

    /** With its unit. */
    String text(double value) {
        return Figures.time(value);
    }
}
