package io.memring.client.connection;

import io.netty.buffer.ByteBuf;

/** Reads the replies of one channel in one of memcached's protocols. */
abstract class ReplyReader {

    /** What was read last; the same object, filled anew, each time. */
    final Reply reply = new Reply();

    /** What a call came to. */
    enum Progress {
        /** More input is needed. */
        INCOMPLETE,
        /** {@link #reply} is there. */
        COMPLETE,
        /** The input is not the protocol. */
        MALFORMED
    }

    /**
     * Reads on; on COMPLETE and on INCOMPLETE the input stands behind what was taken.
     *
     * @param in has an array, and all of it
     */
    abstract Progress read(ByteBuf in);
}
