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
     * Brings what the requests in these bytes will need into the processor's cache together. A
     * hint, which changes nothing: the bytes may be of several connections, and of other protocols.
     *
     * @return the index up to which it has looked
     */
    int lookAhead(ByteBuf requests);

    /**
     * Steps are about to be made on another input, which may hold many requests.
     *
     * @param lookedAheadTo the index up to which {@link #lookAhead} has been done, or 0
     */
    void begin(int lookedAheadTo);

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
