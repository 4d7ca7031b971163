package io.memring.engine.command;

/** What became of a DELTA. */
public enum DeltaOutcome {
    OK,
    /** The item was missing and has been created with the initial value. */
    CREATED,
    NOT_FOUND,
    NON_NUMERIC,
    CAS_MISMATCH,
    NO_MEMORY
}
