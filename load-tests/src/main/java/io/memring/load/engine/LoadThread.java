package io.memring.load.engine;

import io.memring.load.result.LoadException;
import io.memring.load.workload.RequestSource;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * One thread that makes load, leg by leg. All methods but {@link #cancel} belong to that thread.
 */
final class LoadThread implements AutoCloseable {

    private static final long SECOND = 1_000_000_000L;
    private static final long MILLISECOND = 1_000_000L;

    /** Waits shorter than this are spent looking at the sockets. */
    private static final long SPIN_NANOS = 20_000;

    private final int number;
    private final LoadPlan plan;
    private final Ticker ticker;
    private final Consumer<ThreadSample> samples;
    private final Sockets sockets;
    private final Driver driver;
    private volatile boolean cancelled;

    /**
     * A thread without connections.
     *
     * @param samples where its samples go
     */
    LoadThread(
            int number,
            LoadPlan plan,
            Sockets sockets,
            Ticker ticker,
            Consumer<ThreadSample> samples) {
        this.number = number;
        this.plan = plan;
        this.sockets = sockets;
        this.ticker = ticker;
        this.samples = samples;
        driver = sockets.driver();
    }

    /** Ends the leg under way as if its time were over. Any thread may ask for it. */
    void cancel() {
        cancelled = true;
        sockets.selector().wakeup();
    }

    /** Opens all connections; the first failure ends it. */
    void open() throws LoadException, IOException {
        sockets.openAll();
    }

    @Override
    public void close() throws IOException {
        sockets.close();
    }

    /** Loads until the leg's bound, and until all replies are there. */
    void run(Leg leg, RequestSource source) throws IOException {
        long start = System.nanoTime();
        long deadline = leg.durationNanos() == 0 ? Long.MAX_VALUE : start + leg.durationNanos();
        SampleClock clock = new SampleClock(start, ThreadTimes.ofThisThread());
        driver.begin(source, pacer(leg, start), leg.budget(number, plan.threads()));
        while (true) {
            long now = System.nanoTime();
            if (now >= deadline || cancelled) {
                driver.stop();
            }
            driver.pump();
            if (driver.isDone()) {
                break;
            }
            if (now >= clock.nextTick) {
                sockets.expire(now);
                if (!driver.isStopping()) {
                    sample(clock, now, progress(start, now, deadline), false);
                }
                clock.nextTick += SECOND;
            }
            sockets.retryLost(now);
            await(Math.min(deadline, clock.nextTick));
        }
        sample(clock, System.nanoTime(), 1, true);
    }

    /** What the samples of a leg need to know of the last one. */
    private static final class SampleClock {
        int index;
        long start;
        ThreadTimes times;
        long nextTick;

        SampleClock(long start, ThreadTimes times) {
            this.start = start;
            this.times = times;
            nextTick = start + SECOND;
        }
    }

    private double progress(long start, long now, long deadline) {
        return deadline == Long.MAX_VALUE
                ? driver.progress()
                : Math.max(driver.progress(), (now - start) / (double) (deadline - start));
    }

    private void sample(SampleClock clock, long now, double progress, boolean isLast)
            throws IOException {
        ThreadTimes times = ThreadTimes.ofThisThread();
        samples.accept(
                new ThreadSample(
                        number,
                        clock.index++,
                        clock.start,
                        now,
                        times.since(clock.times),
                        progress,
                        isLast,
                        driver.recorder().drain()));
        clock.start = now;
        clock.times = times;
    }

    private @Nullable Pacer pacer(Leg leg, long start) {
        if (!leg.isOpenLoop()) {
            return null;
        }
        double gap = SECOND * plan.threads() / leg.ratePerSecond();
        SplittableRandom random =
                plan.poisson() ? new SplittableRandom(plan.seed() + 31L * number) : null;
        return new Pacer(start, gap * number / plan.threads(), gap, random);
    }

    /** Waits for the network, for the next request's time or for a deadline. */
    private void await(long deadline) throws IOException {
        long due = driver.nextDue();
        long next = Math.min(Math.min(due, sockets.nextRetry()), deadline);
        long wait = next - System.nanoTime();
        if (wait <= SPIN_NANOS) {
            sockets.select(0);
            return;
        }
        if (due == next) {
            ticker.arm(number, sockets.selector(), due);
        }
        sockets.select(1 + wait / MILLISECOND);
    }
}
