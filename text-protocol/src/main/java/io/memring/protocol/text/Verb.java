package io.memring.protocol.text;

/** What a request line asks for, or why it asks for nothing that can be done. */
public enum Verb {
    /** The line has not arrived whole; nothing was consumed. */
    INCOMPLETE,
    GET,
    GETS,
    GAT,
    GATS,
    SET,
    ADD,
    REPLACE,
    APPEND,
    PREPEND,
    CAS,
    INCR,
    DECR,
    DELETE,
    TOUCH,
    META_GET,
    META_SET,
    META_DELETE,
    META_ARITHMETIC,
    META_DEBUG,
    META_NOOP,
    FLUSH_ALL,
    VERSION,
    VERBOSITY,
    QUIT,
    SHUTDOWN,
    STATS,
    CACHE_MEMLIMIT,
    /** Moves the clock; only servers started for debugging know it. */
    DEBUGTIME,
    SLABS,
    LRU,
    LRU_CRAWLER,
    WATCH,
    REFRESH_CERTS,
    EXTSTORE,
    /** No such command: answer {@code ERROR}, unless {@code noreply}. */
    UNKNOWN,
    /**
     * A known command that cannot be understood: answer {@code error()}, then swallow its value.
     */
    INVALID,
    /** Close without a reply: an HTTP request, or a line beyond the limit. */
    CLOSE
}
