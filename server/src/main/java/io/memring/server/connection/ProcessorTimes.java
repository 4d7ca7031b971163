package io.memring.server.connection;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * How long each processor of the machine has idled, and run for whomever, since it began; see
 * {@code proc_stat(5)}.
 *
 * @param ticks of processors by their numbers; none on other systems than Linux
 */
record ProcessorTimes(Map<Integer, Ticks> ticks) {
    static final ProcessorTimes NONE = new ProcessorTimes(Map.of());

    private static final String FILE = "/proc/stat";

    /** What a line begins with that tells of one processor, or of all together. */
    private static final String PROCESSOR = "cpu";

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
        return ProcFile.read(FILE).map(ProcessorTimes::parse).orElse(NONE);
    }

    /** Reads that file, whose first line is of all processors together. */
    static ProcessorTimes parse(ProcFile stat) {
        Map<Integer, Ticks> ticks = new HashMap<>();
        stat.skipLine();
        while (stat.continuesWith(PROCESSOR)) {
            int processor = (int) stat.nextNumber();
            ticks.put(processor, ticksIn(stat));
            stat.skipLine();
        }
        return new ProcessorTimes(ticks);
    }

    private static Ticks ticksIn(ProcFile line) {
        long idle = 0;
        long all = 0;
        for (int i = 0; i < DISJOINT; i++) {
            long number = line.nextNumber();
            all += number;
            if (i == IDLE || i == WAITING_FOR_DISKS) {
                idle += number;
            }
        }
        return new Ticks(idle, all);
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
