package io.memring.client;

import io.memring.client.connection.ConnectionState;

/** How it stands with a connection to a node. */
public enum NodeState {
    /** It is being made; requests wait. */
    CONNECTING,
    /** It works. */
    READY,
    /** The last attempt failed; requests are refused until the next one succeeds. */
    UNREACHABLE,
    /** The node does not answer; requests are refused until it answers a probe. */
    NOT_ANSWERING,
    /** It is closed for good. */
    CLOSED;

    static NodeState of(ConnectionState state) {
        return switch (state) {
            case CONNECTING -> CONNECTING;
            case READY -> READY;
            case BACKING_OFF -> UNREACHABLE;
            case PROBING -> NOT_ANSWERING;
            case CLOSED -> CLOSED;
        };
    }
}
