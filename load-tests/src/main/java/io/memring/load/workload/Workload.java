package io.memring.load.workload;

import org.jspecify.annotations.Nullable;

/**
 * What to ask of the servers. Immutable.
 *
 * @param keys how many there are
 * @param keyPrefix what each begins with
 * @param keyLength of a key in bytes; 0 for as many as are needed
 * @param multigetKeys of one MULTIGET
 * @param setOnMiss whether a GET that misses is followed by a store, as in a cache-aside
 * @param verify whether values are checked
 * @param trace requests to be sent instead of drawn ones, or null
 */
public record Workload(
        long keys,
        String keyPrefix,
        int keyLength,
        Popularity popularity,
        ValueSizes sizes,
        Ttls ttls,
        CommandMix mix,
        int multigetKeys,
        boolean setOnMiss,
        boolean verify,
        @Nullable Trace trace) {

    /** Keys of one multiget, at most. */
    private static final int MAX_MULTIGET_KEYS = 10_000;

    /** Counters have keys of their own, as their values are numbers. */
    private static final String COUNTER_SUFFIX = "counter:";

    /** Counters, at most: there is little to be learnt from more. */
    private static final long MAX_COUNTERS = 1_000_000;

    public Workload {
        if (keys < 1) {
            throw new IllegalArgumentException("there is at least one key: keys=" + keys);
        }
        if (multigetKeys < 1 || multigetKeys > MAX_MULTIGET_KEYS) {
            throw new IllegalArgumentException(
                    "a multiget has 1 to " + MAX_MULTIGET_KEYS + " keys: keys=" + multigetKeys);
        }
    }

    /** The keys of values. */
    public KeySpace keySpace() {
        long top = trace == null ? keys : Math.max(keys, trace.maxKey() + 1);
        return new KeySpace(keyPrefix, top, keyLength);
    }

    /** The keys of counters. */
    public KeySpace counterSpace() {
        return new KeySpace(keyPrefix + COUNTER_SUFFIX, counters(), keyLength);
    }

    /** How many counters there are. */
    long counters() {
        return Math.min(keys, MAX_COUNTERS);
    }

    /** A stream of requests for one thread of several. */
    public RequestSource source(long seed, int thread, int threads) {
        return trace == null
                ? new MixedRequests(this, seed, thread, threads)
                : new TracedRequests(trace, this);
    }

    /** Stores of all keys, once, shared by several threads. */
    public RequestSource fill(long seed, int thread, int threads) {
        return new FillRequests(this, seed, thread, threads);
    }
}
