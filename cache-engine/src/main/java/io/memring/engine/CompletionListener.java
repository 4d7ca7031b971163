package io.memring.engine;

import io.memring.engine.command.Command;

/** Hears of commands that were handed to another worker and are done. */
@FunctionalInterface
public interface CompletionListener {

    /**
     * Called on the origin worker's thread, inside {@link EngineWorker#drain}; the result is in the
     * command.
     */
    void onCompleted(Command command);
}
