package io.memring.load.client;

import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Begins operations at a fixed rate, whatever becomes of them, and measures each from the moment at
 * which it was due: what a client makes wait counts.
 */
final class OpenLoop {
    private static final long MAX_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int DIGITS = 3;
    private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1) / Workload.RATE;

    private final Subject subject;
    private final Keys keys;
    private final Tally tally;
    private final Histogram latencies = new ConcurrentHistogram(MAX_NANOS, DIGITS);

    OpenLoop(Subject subject, Keys keys, Tally tally) {
        this.subject = subject;
        this.keys = keys;
        this.tally = tally;
    }

    /** Runs for a time; forgets earlier latencies. */
    void run(long nanos) throws Exception {
        latencies.reset();
        long start = System.nanoTime();
        long operations = nanos / PERIOD_NANOS;
        for (long number = 0; number < operations; number++) {
            long due = start + number * PERIOD_NANOS;
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(this, left);
            }
            subject.fetch(keys.key(number), well -> finish(due, well));
        }
    }

    private void finish(long due, boolean well) {
        latencies.recordValue(Math.min(MAX_NANOS, System.nanoTime() - due));
        tally.count(well);
    }

    /** The latency that so many percent did not exceed. */
    double micros(double percentile) {
        return latencies.getValueAtPercentile(percentile) / 1e3;
    }
}
