package io.memring.load.engine;

import io.memring.load.result.LoadException;
import io.memring.load.workload.KeySpace;
import io.memring.load.workload.RequestSource;
import io.memring.load.workload.ValueText;
import io.memring.load.workload.Workload;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The load threads of a run, each with an executor of one thread. Used by the coordinator. */
final class LoadThreads implements AutoCloseable {

    private static final long SAMPLE_WAIT_MILLIS = 100;

    private final Ticker ticker;
    private final List<LoadThread> threads = new ArrayList<>();
    private final List<ExecutorService> executors = new ArrayList<>();
    private final BlockingQueue<ThreadSample> samples = new LinkedBlockingQueue<>();

    /** Makes requests for a thread. */
    @FunctionalInterface
    interface SourceFactory {
        RequestSource source(int thread);
    }

    LoadThreads(LoadPlan plan, List<InetSocketAddress> addresses) throws LoadException {
        ticker = new Ticker(plan.threads());
        Driver.Shared shared = shared(plan);
        try {
            for (int i = 0; i < plan.threads(); i++) {
                Sockets sockets = new Sockets(plan, addresses, shared, plan.clients(i));
                threads.add(new LoadThread(i, plan, sockets, ticker, samples::add));
                executors.add(newExecutor(i));
            }
        } catch (IOException e) {
            throw new LoadException(ConnectFailure.explain(plan.nodes().getFirst(), e, 0), e);
        }
    }

    private static Driver.Shared shared(LoadPlan plan) {
        Workload workload = plan.workload();
        KeySpace keys = workload.keySpace();
        KeySpace counters = workload.counterSpace();
        ValueText values = new ValueText();
        return new Driver.Shared(
                workload,
                plan.protocol().protocol(keys, counters, values),
                keys,
                counters,
                values,
                plan.nodes().size() == 1 ? null : plan.ringFactory().build(plan.nodes()),
                plan.pipeline(),
                plan.requestsPerConnection());
    }

    private static ExecutorService newExecutor(int number) {
        return Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("memring-load-" + number).factory());
    }

    /** Opens all connections of all threads. */
    void open() throws LoadException, InterruptedException {
        List<Future<?>> opening = new ArrayList<>();
        for (int i = 0; i < threads.size(); i++) {
            LoadThread thread = threads.get(i);
            opening.add(submit(i, thread::open));
        }
        for (Future<?> future : opening) {
            check(future);
        }
    }

    /** What a thread is told to do. */
    @FunctionalInterface
    private interface Task {
        void run() throws LoadException, IOException;
    }

    private Future<?> submit(int thread, Task task) {
        Callable<@Nullable Void> callable =
                () -> {
                    task.run();
                    return null;
                };
        return executors.get(thread).submit(callable);
    }

    private static void check(Future<?> future) throws LoadException, InterruptedException {
        try {
            future.get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof LoadException failure) {
                throw new LoadException(String.valueOf(failure.getMessage()), failure);
            }
            throw new LoadException("a load thread failed: " + cause, cause);
        }
    }

    /** Runs a leg on all threads, and tells the monitor of their samples as they come. */
    void run(Leg leg, SourceFactory sources, LegMonitor monitor)
            throws LoadException, InterruptedException {
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < threads.size(); i++) {
            LoadThread thread = threads.get(i);
            RequestSource source = sources.source(i);
            running.add(submit(i, () -> thread.run(leg, source)));
        }
        while (!monitor.isOver()) {
            ThreadSample sample = samples.poll(SAMPLE_WAIT_MILLIS, TimeUnit.MILLISECONDS);
            if (sample != null) {
                monitor.add(sample);
            } else {
                checkEnded(running);
            }
        }
        for (Future<?> future : running) {
            check(future);
        }
    }

    /** A thread that has failed gives no last sample. */
    private void checkEnded(List<Future<?>> running) throws LoadException, InterruptedException {
        for (Future<?> future : running) {
            if (future.isDone() && samples.isEmpty()) {
                check(future);
            }
        }
    }

    /** Ends the leg under way and those to come. Any thread may ask for it. */
    void cancel() {
        threads.forEach(LoadThread::cancel);
    }

    @Override
    public void close() {
        for (int i = 0; i < executors.size(); i++) {
            LoadThread thread = threads.get(i);
            cancel();
            Future<?> closing = submit(i, thread::close);
            executors.get(i).shutdown();
            try {
                check(closing);
            } catch (LoadException e) {
                System.getLogger(LoadThreads.class.getName())
                        .log(System.Logger.Level.WARNING, "connections not closed", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // The threads are daemons.
            }
        }
        ticker.close();
    }
}
