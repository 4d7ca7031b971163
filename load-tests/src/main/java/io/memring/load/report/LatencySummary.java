package io.memring.load.report;

import io.memring.load.result.Latencies;

import org.HdrHistogram.Histogram;

/** What is mostly asked of latencies, in nanoseconds, decoded once. */
record LatencySummary(double mean, long p50, long p90, long p99, long p999, long max) {

    static LatencySummary of(Latencies latencies) {
        Histogram histogram = latencies.toHistogram();
        return new LatencySummary(
                latencies.meanNanos(),
                histogram.getValueAtPercentile(50),
                histogram.getValueAtPercentile(90),
                histogram.getValueAtPercentile(99),
                histogram.getValueAtPercentile(99.9),
                latencies.maxNanos());
    }
}
