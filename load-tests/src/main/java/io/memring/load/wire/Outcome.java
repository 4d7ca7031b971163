package io.memring.load.wire;

/** How a request has ended. */
public enum Outcome {
    /** All values that were found have been handed out. */
    FETCHED,
    /** Stored, deleted, touched, counted. */
    DONE,
    /** There is no such item, or the store's condition did not hold. */
    MISSED,
    /** Another store came before. */
    CONFLICT
}
