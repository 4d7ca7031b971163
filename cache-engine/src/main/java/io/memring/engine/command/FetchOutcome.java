package io.memring.engine.command;

/** What a FETCH or TOUCH found. */
public enum FetchOutcome {
    HIT,
    /** The item was missing and has been created empty (autovivify). */
    CREATED,
    MISS,
    /** The item was missing and there was no memory to create it. */
    NO_MEMORY
}
