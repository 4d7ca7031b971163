package io.memring.engine;

import io.memring.engine.command.Command;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * All workers of an engine, each an event loop in small on its own thread, running lanes until
 * every lane is done. A worker drains only when woken and parks when it has nothing to do, so that
 * a wake-up the engine forgets leaves a lane waiting for ever.
 */
final class LaneCrew {

    private static final int MAINTAIN_EVERY = 16;

    private final List<Loop> loops = new ArrayList<>();
    private final AtomicInteger loopsAtWork = new AtomicInteger();
    private final AtomicBoolean isStopped = new AtomicBoolean();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    private LaneCrew() {}

    /** Runs the lanes, a list for each worker, to their end; the engine is quiet afterwards. */
    static void run(CacheEngine engine, List<? extends List<? extends Lane>> lanesOfWorkers)
            throws InterruptedException {
        LaneCrew crew = new LaneCrew();
        for (int i = 0; i < lanesOfWorkers.size(); i++) {
            crew.loops.add(crew.new Loop(engine.worker(i), lanesOfWorkers.get(i)));
        }
        crew.runAll();
        Throwable failure = crew.failure.get();
        if (failure != null) {
            throw new AssertionError(failure.getMessage(), failure);
        }
        for (Loop loop : crew.loops) {
            while (loop.worker.drain()) {
                Thread.onSpinWait();
            }
        }
        lanesOfWorkers.forEach(lanes -> lanes.forEach(Lane::close));
    }

    private void runAll() throws InterruptedException {
        loopsAtWork.set(loops.size());
        List<Thread> threads = new ArrayList<>();
        for (Loop loop : loops) {
            Thread thread = new Thread(loop, "worker-" + loops.indexOf(loop));
            loop.thread = thread;
            threads.add(thread);
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private void stop() {
        isStopped.set(true);
        loops.forEach(loop -> LockSupport.unpark(loop.thread));
    }

    /** The event loop of one worker. */
    private final class Loop implements Runnable {

        final EngineWorker worker;
        volatile @Nullable Thread thread;
        private final List<? extends Lane> lanes;
        private final AtomicBoolean isWoken = new AtomicBoolean();
        private boolean isAtWork = true;

        Loop(EngineWorker worker, List<? extends Lane> lanes) {
            this.worker = worker;
            this.lanes = lanes;
            worker.attach(this::wakeUp, this::onCompleted);
        }

        @Override
        public void run() {
            try {
                runUntilStopped();
            } catch (AssertionError | RuntimeException e) {
                failure.compareAndSet(null, e);
                stop();
            }
        }

        private void runUntilStopped() {
            int rounds = 0;
            while (!isStopped.get()) {
                boolean isBusy = proceedLanes();
                isBusy |= drainIfWoken();
                if (++rounds % MAINTAIN_EVERY == 0) {
                    worker.maintain();
                }
                if (!isBusy) {
                    leaveWorkWhenDone();
                    parkUnlessNeeded();
                }
            }
        }

        private boolean proceedLanes() {
            boolean isBusy = false;
            for (Lane lane : lanes) {
                if (lane.isIdle() && !lane.isDone()) {
                    lane.proceed();
                    isBusy = true;
                }
            }
            return isBusy;
        }

        private boolean drainIfWoken() {
            if (!isWoken.getAndSet(false)) {
                return false;
            }
            if (worker.drain()) {
                isWoken.set(true);
            }
            return true;
        }

        private void leaveWorkWhenDone() {
            if (isAtWork && lanes.stream().allMatch(Lane::isDone)) {
                isAtWork = false;
                if (loopsAtWork.decrementAndGet() == 0) {
                    stop();
                }
            }
        }

        private void parkUnlessNeeded() {
            if (!isWoken.get() && !isStopped.get()) {
                LockSupport.park(this);
            }
        }

        private void wakeUp() {
            isWoken.set(true);
            LockSupport.unpark(thread);
        }

        private void onCompleted(Command command) {
            if (!Thread.currentThread().equals(thread)) {
                throw new AssertionError("completed on another worker's thread");
            }
            if (!(command.attachment instanceof Lane lane)) {
                throw new AssertionError("completed without its attachment");
            }
            lane.onCompleted();
        }
    }
}
