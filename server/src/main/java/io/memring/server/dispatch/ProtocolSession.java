package io.memring.server.dispatch;

import io.memring.engine.command.Command;
import io.netty.buffer.ByteBuf;

/**
 * One connection's conversation in one protocol. Used by the connection's worker only.
 *
 * <p>While a step is under way, and from {@link Step#HANDED_OFF} until {@link #resume} returns, the
 * bytes of the input stay where they are: a command may point to its key and value in there.
 */
public interface ProtocolSession {
    /**
     * Steps are about to be made on this input, which may hold many requests: the chance to bring
     * what they will need into the processor's cache together.
     */
    void lookAhead(ByteBuf in);

    /** Works on the next request in the input, whose memory address must be known. */
    Step step(ByteBuf in);

    /** Completes the request whose command the stripe's owner has run. */
    Step resume(Command command, ByteBuf in);

    /** Whether a value, wanted or not, is expected next; any thread, for statistics. */
    boolean isReceivingValue();

    /** True while the client has yet to say who it is. */
    boolean awaitsLogin();

    /** The connection is gone: gives back whatever the session holds. Not while handed off. */
    void close();
}
