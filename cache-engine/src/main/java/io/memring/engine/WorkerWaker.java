package io.memring.engine;

/**
 * How the engine tells a worker's event loop that {@link EngineWorker#drain} has something to do.
 */
@FunctionalInterface
public interface WorkerWaker {

    /** Called from any thread, once until the worker has drained; must not block. */
    void wakeUp();
}
