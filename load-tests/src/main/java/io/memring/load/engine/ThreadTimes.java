package io.memring.load.engine;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a thread has done with a processor.
 *
 * @param cpuNanos it ran
 * @param starvedNanos it was ready to run, and no processor was free for it; 0 where the system
 *     does not tell, as all but Linux
 */
record ThreadTimes(long cpuNanos, long starvedNanos) {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final Path SCHEDULER_FIGURES = Path.of("/proc/thread-self/schedstat");
    private static final boolean IS_LINUX = Files.exists(SCHEDULER_FIGURES);

    /** Of the thread that asks, since it began. */
    static ThreadTimes ofThisThread() throws IOException {
        long cpu =
                THREADS.isCurrentThreadCpuTimeSupported() ? THREADS.getCurrentThreadCpuTime() : 0;
        return new ThreadTimes(cpu, IS_LINUX ? starved(Files.readString(SCHEDULER_FIGURES)) : 0);
    }

    /** The fields are nanoseconds on a processor, nanoseconds in a run queue, and time slices. */
    static long starved(String figures) {
        return Long.parseLong(figures.split(" ", -1)[1]);
    }

    ThreadTimes plus(ThreadTimes more) {
        return new ThreadTimes(cpuNanos + more.cpuNanos, starvedNanos + more.starvedNanos);
    }

    ThreadTimes since(ThreadTimes before) {
        return new ThreadTimes(cpuNanos - before.cpuNanos, starvedNanos - before.starvedNanos);
    }
}
