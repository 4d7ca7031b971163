package io.memring.server;

import io.memring.server.dispatch.LateLogger;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/**
 * CPU time that this process has used.
 *
 * @param userMicros in its own code
 * @param systemMicros in the system's
 */
record ProcessTimes(long userMicros, long systemMicros) {

    private static final LateLogger LOG = new LateLogger(ProcessTimes.class);

    private static final Path SELF = Path.of("/proc/self/stat");
    private static final long MICROS_PER_TICK = 10_000;
    private static final long MICROS_PER_SECOND = 1_000_000;

    /** Fields of {@link #SELF} behind the command's name, counted from 0. */
    private static final int USER_TICKS = 11;

    private static final int SYSTEM_TICKS = 12;

    /**
     * Linux tells both figures; elsewhere only their sum is known, and it is shown as user time.
     */
    static ProcessTimes read() {
        if (Files.exists(SELF)) {
            try {
                return parse(Files.readString(SELF));
            } catch (IOException e) {
                LOG.log(Level.DEBUG, "cannot read " + SELF, e);
            }
        }
        Duration total = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
        return new ProcessTimes(total.toNanos() / 1000, 0);
    }

    /** The command's name, in parentheses, may contain anything; the rest are words. */
    static ProcessTimes parse(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return new ProcessTimes(
                Long.parseLong(fields[USER_TICKS]) * MICROS_PER_TICK,
                Long.parseLong(fields[SYSTEM_TICKS]) * MICROS_PER_TICK);
    }

    /** Seconds and microseconds as memcached writes them. */
    static String format(long micros) {
        return String.format(
                Locale.ROOT, "%d.%06d", micros / MICROS_PER_SECOND, micros % MICROS_PER_SECOND);
    }
}
