package io.memring.server.dispatch;

import io.memring.engine.command.Command;
import io.netty.buffer.ByteBuf;

/** No conversation: clients have to log in, and in this protocol they cannot. */
final class NoSession implements ProtocolSession {
    @Override
    public void lookAhead(ByteBuf in) {}

    @Override
    public Step step(ByteBuf in) {
        return Step.CLOSE;
    }

    @Override
    public Step resume(Command command, ByteBuf in) {
        throw new IllegalStateException("no command comes from here");
    }

    @Override
    public boolean isReceivingValue() {
        return false;
    }

    @Override
    public boolean awaitsLogin() {
        return true;
    }

    @Override
    public void close() {}
}
