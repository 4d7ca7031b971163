package io.memring.server.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

@EnabledOnOs(OS.LINUX)
final class WorkerPinningTest {
    private final List<OtherThread> threads = new ArrayList<>();
    private final List<WorkerScheduling> workers = new ArrayList<>();
    private final List<SchedStat> seen = new ArrayList<>();
    private BitSet all = new BitSet();
    private ProcessorTimes times = ProcessorTimes.NONE;
    private boolean wanted;
    private boolean crowds;
    private double leastIdle;

    @BeforeEach
    void readAffinity() {
        all = KernelThread.current().flatMap(KernelThread::affinity).orElseThrow();
        assumeThat(all.cardinality()).isGreaterThanOrEqualTo(2);
        times = times(0, 0);
    }

    @AfterEach
    void endThreads() {
        threads.forEach(OtherThread::close);
    }

    @Test
    void workers_pinned_haveAProcessorEach_andAllOfThemWhenLetGo() {
        WorkerPinning pinning = workers(2);
        check(pinning, true);
        assertThat(affinities()).allMatch(own -> own.cardinality() == 1).doesNotHaveDuplicates();
        check(pinning, true);
        assertThat(affinities()).allMatch(own -> own.cardinality() == 1).doesNotHaveDuplicates();
        check(pinning, false);
        assertThat(affinities()).containsExactly(all, all);
    }

    @Test
    void workersOnOneProcessor_arePinnedApart() {
        WorkerPinning pinning = workers(2);
        for (int i = 0; i < 2; i++) {
            KernelThread thread = thread(i);
            assertThat(thread.setAffinity(processor(all.nextSetBit(0)))).isTrue();
            assertThat(threads.get(i).call(thread::processor)).contains(all.nextSetBit(0));
            assertThat(thread.setAffinity(all)).isTrue();
        }
        check(pinning, true);
        assertThat(affinities()).allMatch(own -> own.cardinality() == 1).doesNotHaveDuplicates();
    }

    @Test
    void moreWorkersThanProcessors_arePinnedEvenly() {
        WorkerPinning pinning = workers(2 * all.cardinality() + 1);
        check(pinning, true);
        Map<BitSet, Long> counts =
                affinities().stream()
                        .collect(Collectors.groupingBy(own -> own, Collectors.counting()));
        assertThat(counts.keySet()).hasSize(all.cardinality());
        assertThat(counts.keySet()).allMatch(own -> own.cardinality() == 1);
        assertThat(counts.values()).allMatch(count -> count == 2 || count == 3);
        check(pinning, false);
        assertThat(affinities()).allMatch(all::equals);
    }

    @Test
    void workersThatSomebodyHasPlaced_stayWhereTheyAre() {
        WorkerPinning pinning = workers(2);
        BitSet last = processor(all.length() - 1);
        assertThat(thread(0).setAffinity(last)).isTrue();
        check(pinning, true);
        assertThat(affinities()).containsExactly(last, all);
        check(pinning, false);
        assertThat(affinities()).containsExactly(last, all);
    }

    @Test
    void workerThatSomebodyMovesWhileItIsPinned_staysThere() {
        WorkerPinning pinning = workers(2);
        check(pinning, true);
        BitSet others = affinities().get(1);
        assertThat(thread(0).setAffinity(others)).isTrue();
        check(pinning, false);
        assertThat(affinities()).containsExactly(others, all);
    }

    @Test
    void workerWithoutRequests_isNotKnown() {
        workers.add(new WorkerScheduling());
        WorkerPinning pinning = workers(1);
        check(pinning, true);
        assertThat(thread(1).affinity()).map(BitSet::cardinality).contains(1);
    }

    @Test
    void check_tellsWhatAllWorkersHaveDoneSinceTheLast() {
        WorkerPinning pinning = workers(2);
        check(pinning, false);
        threads.forEach(thread -> thread.run(() -> {}));
        check(pinning, false);
        assertThat(seen.getFirst()).isEqualTo(SchedStat.NONE);
        assertThat(seen.getLast().runs()).isGreaterThanOrEqualTo(2);
        assertThat(crowds).isFalse();
    }

    @Test
    void check_aCrowdAtOneWorker_isTold() {
        WorkerPinning pinning = workers(2);
        threads.getLast().run(() -> workers.getLast().adapt(1, 100));
        check(pinning, false);
        assertThat(crowds).isTrue();
    }

    @Test
    void check_tellsHowMuchProcessorsIdle_sinceTheLast() {
        WorkerPinning pinning = workers(1);
        check(pinning, false);
        assertThat(leastIdle).isZero();
        times = times(25, 100);
        check(pinning, false);
        assertThat(leastIdle).isEqualTo(0.25);
        times = times(100, 200);
        check(pinning, false);
        assertThat(leastIdle).isEqualTo(0.75);
    }

    private WorkerPinning workers(int n) {
        for (int i = 0; i < n; i++) {
            OtherThread thread = new OtherThread();
            WorkerScheduling worker = new WorkerScheduling();
            thread.run(() -> worker.adapt(1, 1));
            threads.add(thread);
            workers.add(worker);
        }
        return pinning();
    }

    private WorkerPinning pinning() {
        return new WorkerPinning(
                workers,
                (inCrowds, idle, lastSecond) -> {
                    crowds = inCrowds;
                    leastIdle = idle.getAsDouble();
                    seen.add(lastSecond);
                    return wanted;
                },
                () -> times);
    }

    private void check(WorkerPinning pinning, boolean pinned) {
        wanted = pinned;
        pinning.check();
    }

    private List<BitSet> affinities() {
        return workers.stream()
                .map(worker -> worker.thread().flatMap(KernelThread::affinity).orElseThrow())
                .toList();
    }

    private KernelThread thread(int worker) {
        return workers.get(worker).thread().orElseThrow();
    }

    /** Of every processor. */
    private ProcessorTimes times(long idle, long ticks) {
        return new ProcessorTimes(
                all.stream()
                        .boxed()
                        .collect(
                                Collectors.toMap(
                                        processor -> processor,
                                        _ -> new ProcessorTimes.Ticks(idle, ticks))));
    }

    private static BitSet processor(int number) {
        BitSet one = new BitSet();
        one.set(number);
        return one;
    }
}
