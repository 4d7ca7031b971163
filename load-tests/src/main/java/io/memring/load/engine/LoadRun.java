package io.memring.load.engine;

import io.memring.load.result.GeneratorFigures;
import io.memring.load.result.Interval;
import io.memring.load.result.LoadException;
import io.memring.load.result.LoadObserver;
import io.memring.load.result.LoadResult;
import io.memring.load.result.NodeFigures;
import io.memring.load.result.Note;
import io.memring.load.result.Phase;
import io.memring.load.result.Ramp;
import io.memring.load.result.RunSetup;
import io.memring.load.result.Totals;
import io.memring.load.workload.Trace;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** One run, from open connections to its result. Owned by the coordinator. */
final class LoadRun {

    private static final double LATE_PERCENTILE = 99;

    /** A rate is achieved if this share of it is. */
    private static final double ACHIEVED = 0.98;

    /** Before each step of a ramp, at its rate. */
    private static final long SETTLE_NANOS = 1_000_000_000L;

    private final LoadPlan plan;
    private final LoadThreads threads;
    private final NodeWatch nodes;
    private final LoadObserver observer;
    private final BooleanSupplier cancelled;
    private final long start = System.nanoTime();
    private final RunSetup setup;
    private final List<Interval> intervals = new ArrayList<>();
    private final List<Note> notes = new ArrayList<>();
    private final Tallies totals = new Tallies();
    private final GeneratorWatch generator = new GeneratorWatch();
    private long measuredNanos;
    private int legs;

    LoadRun(
            LoadPlan plan,
            LoadThreads threads,
            NodeWatch nodes,
            LoadObserver observer,
            BooleanSupplier cancelled) {
        this.plan = plan;
        this.threads = threads;
        this.nodes = nodes;
        this.observer = observer;
        this.cancelled = cancelled;
        setup = plan.setup(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    }

    LoadResult run() throws LoadException, InterruptedException {
        observer.onStart(setup);
        if (plan.fill() && !cancelled.getAsBoolean()) {
            observer.onPhase(Phase.FILL);
            fill();
        }
        if (!plan.warmUp().isZero() && !cancelled.getAsBoolean()) {
            observer.onPhase(Phase.WARM_UP);
            run(leg(Phase.WARM_UP, plan.warmUp().toNanos(), 0, startRate()), new Tallies());
        }
        Trace trace = plan.workload().trace();
        if (trace != null) {
            trace.rewind();
        }
        observer.onPhase(Phase.MEASURE);
        nodes.begin();
        Ramp ramp = measure();
        List<NodeFigures> nodeFigures = nodes.end();
        LoadResult result = result(nodeFigures, ramp);
        observer.onFinish(result);
        return result;
    }

    private double startRate() {
        RampPlan ramp = plan.ramp();
        return ramp == null ? plan.ratePerSecond() : ramp.from();
    }

    private Leg leg(Phase phase, long durationNanos, long requestLimit, double rate) {
        return new Leg(phase, legs++, durationNanos, requestLimit, rate);
    }

    private void fill() throws LoadException, InterruptedException {
        Tallies stored = new Tallies();
        Leg leg = leg(Phase.FILL, 0, plan.workload().keys(), 0);
        LegMonitor monitor = monitor(leg, stored);
        threads.run(leg, i -> plan.workload().fill(seed(leg, i), i, plan.threads()), monitor);
        long failed = stored.all().counts().errors();
        if (failed > 0) {
            notes.add(
                    Note.warning(
                            "%d of %d stores failed while filling: %s"
                                    .formatted(
                                            failed,
                                            stored.all().counts().requests(),
                                            firstError(stored))));
        }
    }

    private static String firstError(Tallies tallies) {
        return tallies.totals(1, false).errors().stream()
                .findFirst()
                .map(Totals.ErrorCount::message)
                .orElse("");
    }

    private LegMonitor monitor(Leg leg, Tallies tallies) {
        return new LegMonitor(leg.phase(), plan.threads(), start, observer, tallies, intervals);
    }

    private LegMonitor run(Leg leg, Tallies tallies) throws LoadException, InterruptedException {
        LegMonitor monitor = monitor(leg, tallies);
        threads.run(leg, i -> plan.workload().source(seed(leg, i), i, plan.threads()), monitor);
        return monitor;
    }

    /** Differs for each leg and thread, and is the same in another run with the same seed. */
    private long seed(Leg leg, int thread) {
        return plan.seed() * 0x9e3779b97f4a7c15L + leg.number() * 1_000_003L + thread;
    }

    private @Nullable Ramp measure() throws LoadException, InterruptedException {
        RampPlan ramp = plan.ramp();
        if (ramp != null) {
            return climb(ramp);
        }
        Leg leg =
                leg(
                        Phase.MEASURE,
                        plan.duration().toNanos(),
                        plan.requestLimit(),
                        plan.ratePerSecond());
        account(run(leg, totals));
        return null;
    }

    private void account(LegMonitor monitor) {
        measuredNanos += monitor.lengthNanos();
        generator.add(monitor);
    }

    private Ramp climb(RampPlan ramp) throws LoadException, InterruptedException {
        RampSearch search = new RampSearch(ramp.from(), ramp.to());
        List<Ramp.Step> steps = new ArrayList<>();
        Ramp.@Nullable Step knee = null;
        while (!search.isDone() && !cancelled.getAsBoolean()) {
            Ramp.Step step = step(ramp, search.rate());
            steps.add(step);
            search.report(step.withinLimit());
            if (step.withinLimit() && (knee == null || step.targetRate() > knee.targetRate())) {
                knee = step;
            }
        }
        if (knee == null) {
            notes.add(Note.warning("no rate kept to the limit; begin the ramp lower"));
        } else if (knee.targetRate() >= ramp.to()) {
            notes.add(Note.warning("the highest rate kept to the limit; the knee is above it"));
        }
        return new Ramp(ramp.percentile(), ramp.limit().toNanos(), steps, knee);
    }

    private Ramp.Step step(RampPlan ramp, double rate) throws LoadException, InterruptedException {
        run(leg(Phase.WARM_UP, SETTLE_NANOS, 0, rate), new Tallies());
        Tallies stepTallies = new Tallies();
        Leg leg = leg(Phase.MEASURE, ramp.step().toNanos(), 0, rate);
        LegMonitor monitor = run(leg, stepTallies);
        account(monitor);
        Totals step = stepTallies.totals(Math.max(1, monitor.lengthNanos()), true);
        totals.add(stepTallies);
        boolean withinLimit =
                step.all().latencies().nanosAt(ramp.percentile()) <= ramp.limit().toNanos()
                        && step.requestRate() >= ACHIEVED * rate;
        return new Ramp.Step(rate, step.requestRate(), step.all().latencies(), withinLimit);
    }

    private LoadResult result(List<NodeFigures> nodeFigures, @Nullable Ramp ramp) {
        GeneratorFigures figures =
                generator.figures(totals.sendLags().getValueAtPercentile(LATE_PERCENTILE));
        Note note = GeneratorWatch.note(figures);
        if (note != null) {
            notes.add(note);
        }
        if (totals.all().counts().wrongValues() > 0) {
            notes.add(Note.warning("the server returned values that were not stored there"));
        }
        return new LoadResult(
                setup,
                intervals,
                totals.totals(Math.max(1, measuredNanos), setup.isOpenLoop()),
                nodeFigures,
                figures,
                ramp,
                notes,
                cancelled.getAsBoolean());
    }
}
