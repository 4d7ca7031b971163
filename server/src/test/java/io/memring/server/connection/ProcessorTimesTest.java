package io.memring.server.connection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import java.util.BitSet;

final class ProcessorTimesTest {
    private static final ProcessorTimes BEFORE =
            times(
                    """
                    cpu  20 0 0 200 0 0 0 0 0 0
                    cpu0 10 0 0 100 0 0 0 0 0 0
                    cpu7 10 0 0 100 0 0 0 0 0 0
                    intr 1 2 3
                    ctxt 4
                    """);

    private static final ProcessorTimes AFTER =
            times(
                    """
                    cpu  58 3 4 286 14 6 7 22 9 9
                    cpu0 38 1 2 126 4 3 4 12 9 9
                    cpu7 20 2 2 160 10 3 3 10 9 9
                    intr 1 2 3
                    ctxt 4
                    """);

    @Test
    void leastIdle_countsEachTickOnce_andDisksAsIdle() {
        assertThat(AFTER.leastIdleSince(BEFORE, processors(0))).isEqualTo(0.375);
        assertThat(AFTER.leastIdleSince(BEFORE, processors(7))).isEqualTo(0.7);
    }

    @Test
    void leastIdle_isOfTheProcessorThatIdledLeast() {
        assertThat(AFTER.leastIdleSince(BEFORE, processors(0, 7))).isEqualTo(0.375);
    }

    @Test
    void unknownTimes_areNotIdle() {
        assertThat(AFTER.leastIdleSince(BEFORE, processors(0, 3))).isZero();
        assertThat(AFTER.leastIdleSince(ProcessorTimes.NONE, processors(0))).isZero();
        assertThat(AFTER.leastIdleSince(AFTER, processors(0))).isZero();
        assertThat(AFTER.leastIdleSince(BEFORE, processors())).isZero();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void now_tellsOfEveryProcessorThatThisThreadMayRunOn() {
        BitSet all = KernelThread.current().flatMap(KernelThread::affinity).orElseThrow();
        assertThat(ProcessorTimes.now().ticks().keySet())
                .containsAll(all.stream().boxed().toList());
    }

    private static ProcessorTimes times(String stat) {
        return ProcessorTimes.parse(new ProcFile(stat));
    }

    private static BitSet processors(int... numbers) {
        BitSet processors = new BitSet();
        for (int number : numbers) {
            processors.set(number);
        }
        return processors;
    }
}
