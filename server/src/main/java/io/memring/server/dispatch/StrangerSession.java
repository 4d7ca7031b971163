package io.memring.server.dispatch;

import io.memring.engine.command.Command;
import io.netty.buffer.ByteBuf;

/** A conversation before the login: without commands, without values, and holding nothing. */
interface StrangerSession extends ProtocolSession {
    @Override
    default int lookAhead(ByteBuf requests) {
        return requests.readerIndex();
    }

    @Override
    default void begin(int lookedAheadTo) {}

    @Override
    default Step resume(Command command, ByteBuf in) {
        throw new IllegalStateException("no command belongs to a login");
    }

    @Override
    default boolean isReceivingValue() {
        return false;
    }

    @Override
    default boolean awaitsLogin() {
        return true;
    }

    @Override
    default void close() {}
}
