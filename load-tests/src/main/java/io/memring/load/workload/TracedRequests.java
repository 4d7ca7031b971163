package io.memring.load.workload;

/** Hands out the requests of a trace, each to one thread, in the trace's order. */
final class TracedRequests implements RequestSource {
    private final Trace trace;
    private final Workload workload;

    TracedRequests(Trace trace, Workload workload) {
        this.trace = trace;
        this.workload = workload;
    }

    @Override
    public boolean next(Request request) {
        long position = trace.claim();
        if (position < 0) {
            return false;
        }
        trace.read((int) position, request, workload);
        return true;
    }
}
