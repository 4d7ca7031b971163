package io.memring.engine.command;

/** What became of a DELETE. */
public enum DeleteOutcome {
    DELETED,
    NOT_FOUND,
    /** The item has another CAS unique. */
    EXISTS,
    /** A tombstone was asked for and there was no memory for it. */
    NOT_STORED
}
