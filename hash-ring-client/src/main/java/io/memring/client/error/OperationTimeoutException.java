package io.memring.client.error;

import java.time.Duration;

/** There was no result in time. */
public final class OperationTimeoutException extends MemcacheException {
    private static final long serialVersionUID = 1L;

    /** How far the request had come. */
    public enum Phase {
        /** It waited for the connection to be made. */
        CONNECTING,
        /** It waited for its turn to be written. */
        QUEUED,
        /** It had been written; the reply did not come. */
        AWAITING_REPLY
    }

    private final Phase phase;

    /**
     * Says how far the request had come.
     *
     * @param timeout how long it was given
     * @param inFlight how many requests were on their way
     */
    public OperationTimeoutException(Origin origin, Phase phase, Duration timeout, int inFlight) {
        super(
                origin,
                phase == Phase.AWAITING_REPLY ? Outcome.MAYBE_APPLIED : Outcome.NOT_SENT,
                "no result after "
                        + timeout.toMillis()
                        + " ms: phase="
                        + phase
                        + " inFlight="
                        + inFlight,
                null);
        this.phase = phase;
    }

    /** How far the request had come. */
    public Phase phase() {
        return phase;
    }
}
