package io.memring.load.client;

import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.LongAdder;

/** Counts operations, and the CPU time of this process meanwhile. */
final class Tally {
    private static final com.sun.management.OperatingSystemMXBean PROCESS =
            (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final LongAdder operations = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private long startNanos;
    private long startCpuNanos;

    /** An operation is over. */
    void count(boolean well) {
        operations.increment();
        if (!well) {
            failures.increment();
        }
    }

    /** Forgets what was counted while the JVM warmed up. Failures are not forgotten. */
    void restart() {
        operations.reset();
        startNanos = System.nanoTime();
        startCpuNanos = PROCESS.getProcessCpuTime();
    }

    /** The figures since the last start. */
    Figures figures(double p50Micros, double p99Micros) {
        long cpuNanos = PROCESS.getProcessCpuTime() - startCpuNanos;
        long nanos = System.nanoTime() - startNanos;
        long counted = operations.sum();
        return new Figures(
                counted * 1e9 / nanos,
                cpuNanos / 1e3 / Math.max(1, counted),
                p50Micros,
                p99Micros,
                failures.sum());
    }
}
