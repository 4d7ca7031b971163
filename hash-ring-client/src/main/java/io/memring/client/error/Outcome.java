package io.memring.client.error;

/** What became of a request that failed. */
public enum Outcome {
    /** It never left this process. */
    NOT_SENT,
    /** It may or may not have been carried out. */
    MAYBE_APPLIED,
    /** The node answered and has not carried it out. */
    REJECTED
}
