package io.memring.load.workload;

/** A stream of requests. Owned by one load thread. */
public sealed interface RequestSource permits MixedRequests, FillRequests, TracedRequests {

    /** Fills in the next request; false if there are no more. */
    boolean next(Request request);
}
