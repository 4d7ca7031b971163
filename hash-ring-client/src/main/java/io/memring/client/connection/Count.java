package io.memring.client.connection;

/** What is counted of the requests of a connection. */
public enum Count {
    /** Replies to requests about items. */
    REPLIES,
    HITS,
    MISSES,
    /** Values that were stored. */
    STORES,
    /** Requests that ended without a result, timeouts and refusals by the node included. */
    FAILURES,
    TIMEOUTS
}
