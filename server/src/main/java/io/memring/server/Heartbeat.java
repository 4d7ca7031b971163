package io.memring.server;

import io.memring.engine.CoarseClock;
import io.memring.server.connection.Worker;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;

/**
 * Moves a node's clock and has its workers tick, ten times a second, from a thread of its own. An
 * event loop with a timer would have to tell the kernel of it each time that it waits for events.
 */
final class Heartbeat implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Heartbeat.class.getName());

    private static final int TICK_MILLIS = 100;

    private final CoarseClock clock;
    private final List<Worker> workers;
    private final Thread thread = new Thread(this::run, "memring-heartbeat");

    /** Begins at once; the loops of the workers must live until it is closed. */
    Heartbeat(CoarseClock clock, List<Worker> workers) {
        this.clock = clock;
        this.workers = workers;
        thread.start();
    }

    /** Beats until {@link #close} interrupts the pause between two beats. */
    private void run() {
        try {
            while (true) {
                Thread.sleep(TICK_MILLIS); // The pause: there is nothing to be told of meanwhile.
                beat();
            }
        } catch (InterruptedException closed) {
            LOG.log(Level.TRACE, "no more ticks");
        }
    }

    private void beat() {
        try {
            clock.tick();
            workers.forEach(Worker::tick);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "a worker missed a tick", e);
        }
    }

    /** Returns when there will be no more ticks, and the thread has ended. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
