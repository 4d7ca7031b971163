package io.memring.client;

/** What came of an operation, for those who count. */
public enum OperationResult {
    /** It did what was asked: a value was found, an item was changed. */
    OK,
    /** There was no item. */
    MISS,
    /** There was a conflict: the item had changed, or was there already. */
    CONFLICT,
    /** There was no result in time. */
    TIMEOUT,
    /** Another failure. */
    FAILURE
}
