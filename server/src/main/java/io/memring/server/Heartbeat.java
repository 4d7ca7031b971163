package io.memring.server;

import io.memring.engine.CoarseClock;
import io.memring.server.connection.Worker;
import io.memring.server.connection.WorkerPinning;
import io.memring.server.dispatch.LateLogger;

import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * Moves a node's clock and has its workers tick, ten times a second, and looks once a second at
 * where they run; from a thread of its own. An event loop with a timer would have to tell the
 * kernel of it each time that it waits for events.
 */
final class Heartbeat implements AutoCloseable {
    private static final LateLogger LOG = new LateLogger(Heartbeat.class);

    private static final int TICK_MILLIS = 100;

    private static final int TICKS_PER_SECOND = 10;

    private final CoarseClock clock;
    private final List<Worker> workers;
    private final WorkerPinning pinning;
    private final ScheduledExecutorService executor;
    private int ticks;

    /** Begins at once; the loops of the workers must live until it is closed. */
    Heartbeat(CoarseClock clock, List<Worker> workers, ThreadFactory threads) {
        this.clock = clock;
        this.workers = workers;
        this.pinning = new WorkerPinning(workers);
        executor = Executors.newSingleThreadScheduledExecutor(threads);
        var _ =
                executor.scheduleWithFixedDelay(
                        this::beat, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Lets nothing through: the executor would tell nobody, and never beat again. */
    private void beat() {
        try {
            clock.tick();
            workers.forEach(Worker::tick);
            ticks = (ticks + 1) % TICKS_PER_SECOND;
            if (ticks == 0) {
                pinning.check();
            }
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "a heartbeat failed", e);
        }
    }

    /** Returns when there will be no more ticks, a moment before the thread has ended. */
    @Override
    public void close() {
        executor.close();
    }
}
