package io.memring.load.engine;

import org.jspecify.annotations.Nullable;

import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/**
 * A connection's socket, from the attempt to connect on. Owned by one load thread.
 *
 * @see LoadThread
 */
final class OpenSocket {

    /** How far it has come. */
    enum State {
        CONNECTING,
        HANDSHAKING,
        LOGGING_IN,
        READY
    }

    final SocketChannel channel;
    final SelectionKey key;
    final Link link;

    /** Null if no login is wanted. */
    final @Nullable Login login;

    State state = State.CONNECTING;

    OpenSocket(SocketChannel channel, SelectionKey key, Link link, @Nullable Login login) {
        this.channel = channel;
        this.key = key;
        this.link = link;
        this.login = login;
    }

    /** Says what to wait for: always to read, and to write as long as the network is full. */
    void awaitNetwork() {
        if (!key.isValid()) {
            return; // It was closed in the meantime.
        }
        key.interestOps(
                link.isBlocked()
                        ? SelectionKey.OP_READ | SelectionKey.OP_WRITE
                        : SelectionKey.OP_READ);
    }
}
