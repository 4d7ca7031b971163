package io.memring.server;

import io.memring.engine.CacheEngine;
import io.memring.engine.CoarseClock;
import io.memring.server.connection.ConnectionConfig;
import io.memring.server.connection.ConnectionStat;
import io.memring.server.connection.Worker;
import io.memring.server.connection.WorkerLoop;
import io.memring.server.dispatch.Node;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.netty.util.concurrent.Future;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The event loop threads of a node, the workers that run on them, and their heartbeat.
 *
 * <p>The loops are made one by one rather than as one of Netty's groups, which would keep a global
 * thread alive for a second after the last loop has ended.
 */
final class WorkerPool {

    private static final String THREAD_NAME = "memring-worker-";
    private static final String HEARTBEAT_NAME = "memring-heartbeat";

    /** How long loops may take to go when not all of them could be made. */
    private static final long CLEAN_UP_MILLIS = 1_000;

    /**
     * In the first, workers run what others have handed to them; in the second, those take it back,
     * and connections that waited for it let go of their buffers. One more for a large value.
     */
    private static final int HAND_OFF_ROUNDS = 3;

    private final List<WorkerLoop> loops = new ArrayList<>();
    private final List<Worker> workers = new ArrayList<>();
    private final AtomicLongArray countsAtReset =
            new AtomicLongArray(ConnectionStat.values().length);
    private final Queue<Thread> threads = new ConcurrentLinkedQueue<>();
    private @Nullable Heartbeat heartbeat;

    /** Makes the loops; their threads start with the first task. */
    WorkerPool(int size, IoHandlerFactory ioHandlers, ByteBufAllocator buffers) {
        try {
            for (int i = 0; i < size; i++) {
                String name = THREAD_NAME + i;
                ThreadFactory factory = task -> newThread(task, name);
                loops.add(WorkerLoop.open(factory, ioHandlers, buffers));
            }
        } catch (RuntimeException | Error e) {
            boolean _ = terminate(CLEAN_UP_MILLIS);
            throw e;
        }
    }

    private Thread newThread(Runnable task, String name) {
        Thread thread = new FastThreadLocalThread(task, name);
        threads.add(thread);
        return thread;
    }

    /** Puts a worker on each loop. Call once, before the first connection. */
    void start(CacheEngine cache, ConnectionConfig config, Node node, CoarseClock clock) {
        for (int i = 0; i < loops.size(); i++) {
            Worker worker = new Worker(i, loops.get(i), cache, config, node, clock);
            workers.add(worker);
            worker.start();
        }
        heartbeat = new Heartbeat(clock, workers, task -> newThread(task, HEARTBEAT_NAME));
    }

    int size() {
        return loops.size();
    }

    /** The loop that the listeners share with a worker's connections. */
    EventLoop listenerLoop() {
        return loops.getFirst().events();
    }

    Worker worker(int index) {
        return workers.get(index);
    }

    /** What a counter has counted on all workers since the last reset; any thread. */
    long total(ConnectionStat stat) {
        return sum(stat) - countsAtReset.get(stat.ordinal());
    }

    /** Starts counting anew, from this moment; open connections stay counted. Any thread. */
    void resetCounts() {
        for (ConnectionStat stat : ConnectionStat.values()) {
            if (stat != ConnectionStat.CURR_CONNECTIONS) {
                countsAtReset.set(stat.ordinal(), sum(stat));
            }
        }
    }

    private long sum(ConnectionStat stat) {
        long sum = 0;
        for (Worker worker : workers) {
            sum += worker.count(stat);
        }
        return sum;
    }

    /** Lets every connection answer what it has received and closes it; does not wait. */
    void drainConnections() {
        workers.forEach(Worker::drainConnections);
    }

    /** Ends the threads; false when one still runs after the given time. */
    boolean terminate(long timeoutMillis) {
        if (heartbeat != null) {
            heartbeat.close();
        }
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        finishHandOffs(deadline);
        workers.forEach(Worker::stop);
        List<Future<?>> ends = new ArrayList<>();
        for (WorkerLoop loop : loops) {
            ends.add(loop.events().shutdownGracefully(0, timeoutMillis, TimeUnit.MILLISECONDS));
        }
        return await(ends, deadline) && joinThreads();
    }

    /** A worker that does not come to it by then will not end in time either, which is reported. */
    private void finishHandOffs(long deadline) {
        for (int i = 0; i < HAND_OFF_ROUNDS; i++) {
            List<Future<?>> drained = new ArrayList<>();
            for (Worker worker : workers) {
                drained.add(worker.drainOnce());
            }
            boolean _ = await(drained, deadline);
        }
    }

    /** False when one has not ended by then. */
    private static boolean await(List<Future<?>> ends, long deadline) {
        boolean allEnded = true;
        for (Future<?> end : ends) {
            long left = Math.max(0, deadline - System.nanoTime());
            allEnded &= end.awaitUninterruptibly(left, TimeUnit.NANOSECONDS);
        }
        return allEnded;
    }

    /** A loop, like the heartbeat, is at its end a moment before its thread is. */
    private boolean joinThreads() {
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return true;
    }
}
