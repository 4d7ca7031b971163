package io.memring.client;

/** How good a value still is. */
public enum Freshness {
    /** As good as new. */
    FRESH,
    /** Still valid, but someone is to load it anew before it expires. */
    EXPIRING,
    /** Marked stale; someone is to load it anew. */
    STALE
}
