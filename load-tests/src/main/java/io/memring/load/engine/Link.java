package io.memring.load.engine;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The bytes of a connection, as they are or encrypted. Never waits. Owned by one load thread. */
sealed interface Link permits PlainLink, TlsLink {

    /** Goes on with the handshake; true when bytes may be read and written. */
    boolean handshake() throws IOException;

    /** Reads what there is; returns how much, 0 for nothing, -1 at the end. */
    int read(ByteBuffer into) throws IOException;

    /** Writes as much as the network takes. */
    void write(ByteBuffer from) throws IOException;

    /** True if the network would not take more, so that one has to wait until it does. */
    boolean isBlocked();

    /** Closes the socket. */
    void close() throws IOException;
}
