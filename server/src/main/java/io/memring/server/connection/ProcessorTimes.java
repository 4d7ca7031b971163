package io.memring.server.connection;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How long each processor of the machine has idled, and run for whomever, since it began; see
 * {@code proc_stat(5)}.
 *
 * @param ticks of processors by their numbers; none on other systems than Linux
 */
record ProcessorTimes(Map<Integer, Ticks> ticks) {
    static final ProcessorTimes NONE = new ProcessorTimes(Map.of());

    private static final Path FILE = Path.of("/proc/stat");
    private static final Pattern LINE = Pattern.compile("(?m)^cpu([0-9]+) (.*)$");

    /** In a line's numbers. */
    private static final int IDLE = 3;

    private static final int WAITING_FOR_DISKS = 4;

    /** Those behind them are part of these. */
    private static final int DISJOINT = 8;

    /**
     * Of a processor, mostly hundredths of a second.
     *
     * @param idle with nothing to run
     * @param all idle or not
     */
    record Ticks(long idle, long all) {}

    /** Until now. */
    static ProcessorTimes now() {
        try {
            return parse(Files.readString(FILE));
        } catch (IOException e) {
            return NONE; // No such file on this system.
        }
    }

    /** Reads the contents of that file. */
    static ProcessorTimes parse(String stat) {
        return new ProcessorTimes(
                LINE.matcher(stat)
                        .results()
                        .collect(
                                Collectors.toMap(
                                        line -> Integer.valueOf(line.group(1)),
                                        ProcessorTimes::ticksIn)));
    }

    private static Ticks ticksIn(MatchResult line) {
        long[] numbers =
                Pattern.compile(" ")
                        .splitAsStream(line.group(2))
                        .limit(DISJOINT)
                        .mapToLong(Long::parseLong)
                        .toArray();
        long all = 0;
        for (long number : numbers) {
            all += number;
        }
        return new Ticks(numbers[IDLE] + numbers[WAITING_FOR_DISKS], all);
    }

    /**
     * The part of its time that a processor has idled, of the one that has idled least.
     *
     * @param before the times at the beginning
     * @param processors whose times count
     * @return between 0 and 1; 0 where that is unknown of one of them
     */
    double leastIdleSince(ProcessorTimes before, BitSet processors) {
        return processors.stream()
                .mapToDouble(processor -> idleSince(before, processor))
                .min()
                .orElse(0);
    }

    private double idleSince(ProcessorTimes before, int processor) {
        Ticks first = before.ticks.get(processor);
        Ticks last = ticks.get(processor);
        if (first == null || last == null || last.all == first.all) {
            return 0;
        }
        return (double) (last.idle - first.idle) / (last.all - first.all);
    }
}
