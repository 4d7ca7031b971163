package io.memring.server.connection;

/** What a worker counts about its connections. */
public enum ConnectionStat {
    CURR_CONNECTIONS,
    TOTAL_CONNECTIONS,
    BYTES_READ,
    BYTES_WRITTEN,
    /** Times a connection gave way to others after {@code -R} requests in a row. */
    CONN_YIELDS,
    IDLE_KICKS,
    /** Logins that ended, well or not. */
    AUTH_CMDS,
    /** Logins that were refused. */
    AUTH_ERRORS,
    /** Logins that were refused unseen, because their address has failed too often. */
    AUTH_THROTTLED,
    /** Datagrams that were ignored, or whose reply was not sent. */
    UDP_DROPPED,
    /** Replies for which no buffer could be had. */
    RESPONSE_OOM
}
