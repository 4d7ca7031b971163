package io.memring.client.connection;

import io.memring.client.ring.Node;

import org.jspecify.annotations.Nullable;

/** Hears of changes of connections, on their event loops. */
@FunctionalInterface
public interface StateListener {

    /** One that does not listen. */
    StateListener NONE = (node, from, to, cause) -> {};

    /** Called after a change. */
    void changed(Node node, ConnectionState from, ConnectionState to, @Nullable Throwable cause);
}
