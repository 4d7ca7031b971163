package io.memring.load.engine;

import io.memring.load.result.Interval;
import io.memring.load.result.LoadObserver;
import io.memring.load.result.Phase;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Makes intervals of the samples of several threads, as soon as all of them have told of a second
 * or have ended. Owned by the coordinator.
 */
final class LegMonitor {
    private final Phase phase;
    private final int threads;
    private final long runStart;
    private final LoadObserver observer;
    private final Tallies tallies;
    private final List<Interval> intervals;

    /** By the index of the second: samples of the threads that have told of it. */
    private final List<List<ThreadSample>> waiting = new ArrayList<>();

    private final ThreadTimes[] times;
    private final long[] wallNanos;

    /** The index of the last second of each thread that has ended. */
    private final int[] lastIndex;

    private int delivered;
    private int ended;

    /**
     * A leg that begins.
     *
     * @param tallies of the phase, to which it adds
     * @param intervals of the run, to which it adds
     */
    LegMonitor(
            Phase phase,
            int threads,
            long runStart,
            LoadObserver observer,
            Tallies tallies,
            List<Interval> intervals) {
        this.phase = phase;
        this.threads = threads;
        this.runStart = runStart;
        this.observer = observer;
        this.tallies = tallies;
        this.intervals = intervals;
        times = new ThreadTimes[threads];
        Arrays.fill(times, new ThreadTimes(0, 0));
        wallNanos = new long[threads];
        lastIndex = new int[threads];
        Arrays.fill(lastIndex, Integer.MAX_VALUE);
    }

    boolean isOver() {
        return ended == threads;
    }

    /** The time of the thread that took the longest. */
    long lengthNanos() {
        long longest = 0;
        for (long nanos : wallNanos) {
            longest = Math.max(longest, nanos);
        }
        return longest;
    }

    long totalCpuNanos() {
        return Arrays.stream(times).mapToLong(ThreadTimes::cpuNanos).sum();
    }

    /** The largest share of its time, from 0 to 1, that one of the threads spent on something. */
    double largestShare(ToLongFunction<ThreadTimes> something) {
        double largest = 0;
        for (int i = 0; i < threads; i++) {
            double wall = Math.max(1, wallNanos[i]);
            largest = Math.max(largest, something.applyAsLong(times[i]) / wall);
        }
        return largest;
    }

    void add(ThreadSample sample) {
        tallies.add(sample.figures());
        times[sample.thread()] = times[sample.thread()].plus(sample.times());
        wallNanos[sample.thread()] += sample.endNanos() - sample.startNanos();
        while (waiting.size() <= sample.index()) {
            waiting.add(new ArrayList<>());
        }
        waiting.get(sample.index()).add(sample);
        if (sample.isLast()) {
            lastIndex[sample.thread()] = sample.index();
            ended++;
        }
        deliver();
    }

    private void deliver() {
        while (delivered < waiting.size() && isComplete(delivered)) {
            Interval interval = interval(waiting.get(delivered));
            waiting.set(delivered++, List.of());
            intervals.add(interval);
            observer.onInterval(interval);
        }
    }

    /** A thread that has ended before tells of no more seconds. */
    private boolean isComplete(int index) {
        int present = waiting.get(index).size();
        int gone = 0;
        for (int last : lastIndex) {
            if (last < index) {
                gone++;
            }
        }
        return present > 0 && present + gone == threads;
    }

    private Interval interval(List<ThreadSample> samples) {
        Tallies sum = new Tallies();
        long start = Long.MAX_VALUE;
        long end = Long.MIN_VALUE;
        double cpu = 0;
        double progress = 1;
        for (ThreadSample sample : samples) {
            sum.add(sample.figures());
            start = Math.min(start, sample.startNanos());
            end = Math.max(end, sample.endNanos());
            progress = Math.min(progress, sample.progress());
            long length = Math.max(1, sample.endNanos() - sample.startNanos());
            cpu = Math.max(cpu, sample.times().cpuNanos() / (double) length);
        }
        return new Interval(
                phase,
                start - runStart,
                Math.max(1, end - start),
                sum.commands(),
                sum.all(),
                sum.traffic(),
                cpu,
                sum.sendLags().getMaxValue(),
                progress);
    }
}
