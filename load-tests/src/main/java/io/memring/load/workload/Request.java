package io.memring.load.workload;

import io.memring.load.result.CommandKind;

/** One request, filled anew for each. Owned by one load thread. */
public final class Request {

    /** What to do. Never {@link CommandKind#CAS} when drawn: that begins as a GETS. */
    public CommandKind kind = CommandKind.GET;

    /** The number of its key; of a counter with INCR and ADD. With MULTIGET see {@link #keys}. */
    public long key;

    /** The length of the value to store, now or when it turns out to be missing. */
    public int valueLength;

    /** Seconds, 0 for ever. */
    public int ttl;

    /** Distinguishes values of a key. */
    public int version;

    /** With CAS, the number that the GETS returned. */
    public long casUnique;

    /** The keys of a MULTIGET. */
    public final long[] keys;

    public int keyCount;

    /**
     * An empty one.
     *
     * @param maxKeys of a MULTIGET
     */
    public Request(int maxKeys) {
        keys = new long[maxKeys];
    }
}
