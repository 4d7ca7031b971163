package io.memring.server.connection;

import io.memring.engine.command.Command;

/** Who waits for a command that a stripe's owner runs. */
sealed interface CompletionTarget permits Connection, UdpPort {

    /** The command is done. On the worker of whoever waits. */
    void onCompleted(Command command);
}
