package io.memring.client.connection;

/** The states of a connection. */
public enum ConnectionState {
    /** It is being made; requests wait. */
    CONNECTING,
    /** It works. */
    READY,
    /** An attempt failed, the next one is due later; requests are refused. */
    BACKING_OFF,
    /** It works, but the node does not answer; requests are refused until it answers a probe. */
    PROBING,
    /** It is closed for good. */
    CLOSED
}
