package io.memring.client.error;

/** As many requests as allowed are already on their way to the node. */
public final class OverloadedException extends MemcacheException {
    private static final long serialVersionUID = 1L;

    /** Says how many are. */
    public OverloadedException(Origin origin, int limit) {
        super(origin, Outcome.NOT_SENT, "in flight already: maxInFlight=" + limit, null);
    }
}
