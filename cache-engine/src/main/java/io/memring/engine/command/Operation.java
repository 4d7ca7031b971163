package io.memring.engine.command;

/** What a {@link Command} asks for. */
public enum Operation {
    /** Reads an item; with a touch, an autovivify or a recache time also changes it. */
    FETCH,
    /** Stores a value whose bytes are all at hand. */
    STORE,
    /** Takes a chunk for a value that is still arriving; nothing becomes visible. */
    RESERVE,
    /** Makes a reserved value visible. */
    COMMIT,
    /** Gives a reserved chunk back. */
    ABORT,
    /** Unlinks the item of a key, or turns it stale or into a tombstone. */
    DELETE,
    /** Adds to or subtracts from a number. */
    DELTA,
    /** Sets a new expiry time. */
    TOUCH
}
