package io.memring.server.connection;

import io.memring.server.dispatch.LateLogger;

import org.jspecify.annotations.Nullable;

import java.lang.System.Logger.Level;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * Pins the workers of a node, each to a processor, while that has them wait less ({@link
 * PinningRule}). Each has a processor of its own, if there are enough of them. Nothing happens to
 * workers that somebody has given different processors ({@code taskset(1)}), and where the system
 * cannot do it. For one thread.
 */
public final class WorkerPinning {
    private static final LateLogger LOG = new LateLogger(WorkerPinning.class);

    private final List<Pin> pins;
    private final Decision decision;
    private final Supplier<ProcessorTimes> times;
    private ProcessorTimes lastTimes = ProcessorTimes.NONE;
    private boolean pinned;

    /** Whether workers are to be pinned; see {@link PinningRule#decide}. */
    @FunctionalInterface
    interface Decision {
        boolean decide(boolean crowds, DoubleSupplier leastIdle, SchedStat lastSecond);
    }

    public WorkerPinning(List<Worker> workers) {
        this(
                workers.stream().map(Worker::scheduling).toList(),
                new PinningRule()::decide,
                ProcessorTimes::now);
    }

    WorkerPinning(
            List<WorkerScheduling> workers, Decision decision, Supplier<ProcessorTimes> times) {
        this.pins = workers.stream().map(Pin::new).toList();
        this.decision = decision;
        this.times = times;
    }

    /** Looks at the last second; to be called once a second. */
    public void check() {
        boolean crowds = false;
        SchedStat lastSecond = SchedStat.NONE;
        for (Pin pin : pins) {
            crowds |= pin.worker.inCrowds();
            lastSecond = lastSecond.plus(pin.sinceLastTime());
        }
        ProcessorTimes before = lastTimes;
        lastTimes = times.get();
        boolean wanted = decision.decide(crowds, () -> leastIdleSince(before), lastSecond);
        if (wanted && !pinned) {
            pinAll();
        } else if (!wanted && pinned) {
            pins.forEach(Pin::letGo);
        }
        pinned = wanted;
    }

    /** Of the processors that this thread may run on, which nobody pins. */
    private double leastIdleSince(ProcessorTimes before) {
        return KernelThread.current()
                .flatMap(KernelThread::affinity)
                .map(all -> lastTimes.leastIdleSince(before, all))
                .orElse(0.0);
    }

    private void pinAll() {
        List<Pin> known = pins.stream().filter(pin -> pin.worker.thread().isPresent()).toList();
        List<Optional<BitSet>> affinities = known.stream().map(Pin::affinity).distinct().toList();
        if (affinities.size() == 1) {
            affinities.getFirst().ifPresent(all -> pinAll(known, all));
        }
    }

    /**
     * As many on each processor, or nearly so; where it runs, if that is not taken, since it may
     * find there what it has cached.
     */
    private static void pinAll(List<Pin> known, BitSet all) {
        BitSet free = new BitSet();
        for (Pin pin : known) {
            if (free.isEmpty()) {
                free.or(all);
            }
            int last = pin.lastProcessor();
            int own = free.get(last) ? last : free.nextSetBit(0);
            free.clear(own);
            pin.pinTo(own, all);
        }
    }

    /** A worker and its processor. */
    private static final class Pin {
        private final WorkerScheduling worker;
        private @Nullable SchedStat lastStat;

        /** While it is pinned. */
        private @Nullable BitSet own;

        /** Where it might run before it was pinned. */
        private BitSet all = new BitSet();

        private Pin(WorkerScheduling worker) {
            this.worker = worker;
        }

        private SchedStat sinceLastTime() {
            SchedStat before = lastStat;
            lastStat = worker.thread().flatMap(KernelThread::schedStat).orElse(null);
            return before == null || lastStat == null ? SchedStat.NONE : lastStat.minus(before);
        }

        private Optional<BitSet> affinity() {
            return worker.thread().flatMap(KernelThread::affinity);
        }

        private int lastProcessor() {
            return worker.thread().flatMap(KernelThread::processor).orElse(0);
        }

        private void pinTo(int processor, BitSet allOfThem) {
            own = new BitSet();
            own.set(processor);
            all = allOfThem;
            move(own);
        }

        /** Unless somebody has moved the worker since. */
        private void letGo() {
            if (own != null && affinity().equals(Optional.of(own))) {
                move(all);
            }
            own = null;
        }

        private void move(BitSet processors) {
            if (!worker.thread().map(thread -> thread.setAffinity(processors)).orElse(false)) {
                LOG.log(Level.DEBUG, "a worker cannot be moved to the processors {0}", processors);
            }
        }
    }
}
