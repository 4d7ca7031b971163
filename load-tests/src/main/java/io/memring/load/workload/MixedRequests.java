package io.memring.load.workload;

import io.memring.load.result.CommandKind;

import java.util.SplittableRandom;

/** Draws commands, keys, sizes and times independently of one another, without end. */
final class MixedRequests implements RequestSource {
    private final Workload workload;
    private final SplittableRandom random;
    private final KeyPicker picker;
    private final long counters;
    private int version;

    MixedRequests(Workload workload, long seed, int thread, int threads) {
        this.workload = workload;
        random = new SplittableRandom(seed);
        picker = KeyPicker.of(workload.popularity(), workload.keys(), thread, threads);
        counters = workload.counters();
    }

    @Override
    public boolean next(Request request) {
        CommandKind kind = workload.mix().next(random);
        request.kind = kind == CommandKind.CAS ? CommandKind.GETS : kind;
        if (kind == CommandKind.MULTIGET) {
            request.keyCount = workload.multigetKeys();
            for (int i = 0; i < request.keyCount; i++) {
                request.keys[i] = picker.next(random);
            }
        } else {
            long key = picker.next(random);
            request.key = kind == CommandKind.INCR ? key % counters : key;
        }
        if (kind != CommandKind.GET || workload.setOnMiss()) {
            request.valueLength = workload.sizes().next(random);
            request.ttl = workload.ttls().next(random);
            request.version = version++;
        }
        return true;
    }
}
