package io.memring.server.dispatch;

import io.netty.buffer.ByteBuf;

/** No conversation: clients have to log in, and in this protocol they cannot. */
final class NoSession implements StrangerSession {
    @Override
    public Step step(ByteBuf in) {
        return Step.CLOSE;
    }
}
