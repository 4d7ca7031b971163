package io.memring.engine.command;

/** What became of a STORE, RESERVE or COMMIT. */
public enum StoreOutcome {
    /** The value is linked; after RESERVE: a chunk was taken. */
    STORED,
    /** The mode's condition on the old item does not hold, or that cannot grow by the value. */
    NOT_STORED,
    /** The old item has another CAS unique. */
    EXISTS,
    /** A CAS unique was given and there is no item. */
    NOT_FOUND,
    /** Larger than the largest item allowed; the old item under the key is gone. */
    TOO_LARGE,
    /** No memory, and nothing may be evicted; the old item under the key is gone. */
    NO_MEMORY
}
