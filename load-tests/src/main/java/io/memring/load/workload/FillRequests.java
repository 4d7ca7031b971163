package io.memring.load.workload;

import io.memring.load.result.CommandKind;

import java.util.SplittableRandom;

/** Stores every key once; one thread of several takes every so manieth. */
final class FillRequests implements RequestSource {
    private final Workload workload;
    private final SplittableRandom random;
    private final int threads;
    private long next;

    FillRequests(Workload workload, long seed, int thread, int threads) {
        this.workload = workload;
        random = new SplittableRandom(seed);
        this.threads = threads;
        next = thread;
    }

    @Override
    public boolean next(Request request) {
        if (next >= workload.keys()) {
            return false;
        }
        request.kind = CommandKind.SET;
        request.key = next;
        request.valueLength = workload.sizes().next(random);
        request.ttl = workload.ttls().next(random);
        request.version = -1;
        next += threads;
        return true;
    }
}
