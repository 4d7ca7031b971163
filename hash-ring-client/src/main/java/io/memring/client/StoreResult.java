package io.memring.client;

/** What came of storing. */
public enum StoreResult {
    /** The item is stored. */
    STORED,
    /** The condition did not hold: add found an item, replace, append or prepend found none. */
    NOT_STORED,
    /** The item has changed since. */
    CAS_MISMATCH,
    /** The item to compare with is gone. */
    NOT_FOUND
}
