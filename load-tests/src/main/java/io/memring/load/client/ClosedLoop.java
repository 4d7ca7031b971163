package io.memring.load.client;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Keeps a number of operations on their way, for as long as it is told. */
final class ClosedLoop {
    private final Subject subject;
    private final Workload workload;
    private final Keys keys;
    private final Tally tally;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopped;

    ClosedLoop(Subject subject, Workload workload, Keys keys, Tally tally) {
        this.subject = subject;
        this.workload = workload;
        this.keys = keys;
        this.tally = tally;
    }

    void start() {
        int count = workload.isWaitedFor() ? workload.concurrency : 1;
        for (int i = 0; i < count; i++) {
            int first = i;
            threads.add(Thread.ofPlatform().name("bench-" + i).start(() -> run(first)));
        }
    }

    void stop() throws InterruptedException {
        stopped = true;
        for (Thread thread : threads) {
            LockSupport.unpark(thread);
            thread.join();
        }
    }

    private void run(int first) {
        try {
            if (workload.isWaitedFor()) {
                waitForEach(first);
            } else {
                new Window().fill();
            }
        } catch (Exception e) { // Each client has its own; an error of the run, whichever it is.
            tally.count(false);
            System.err.println(e);
        }
    }

    private void waitForEach(int first) throws Exception {
        for (long number = first; !stopped; number += workload.concurrency) {
            tally.count(subject.fetch(keys.key(number)));
        }
    }

    /**
     * The operations on their way, from a single thread: when full, it waits until half are left.
     */
    private final class Window implements Subject.Completion {
        private final Thread filler = Thread.currentThread();
        private final AtomicInteger onTheirWay = new AtomicInteger();
        private final int low = workload.concurrency / 2;

        void fill() throws Exception {
            for (long number = 0; !stopped; number++) {
                if (onTheirWay.incrementAndGet() > workload.concurrency) {
                    awaitLow();
                }
                begin(number);
            }
        }

        private void awaitLow() {
            while (onTheirWay.get() - 1 > low && !stopped) {
                LockSupport.park(this);
            }
        }

        private void begin(long number) throws Exception {
            if (workload == Workload.BULK_100) {
                subject.fetchAll(keys.group(number), this);
            } else if (workload.isStore(number)) {
                subject.store(keys.key(number), keys.value, this);
            } else {
                subject.fetch(keys.key(number), this);
            }
        }

        @Override
        public void done(boolean well) {
            tally.count(well);
            if (onTheirWay.decrementAndGet() - 1 == low) {
                LockSupport.unpark(filler);
            }
        }
    }
}
