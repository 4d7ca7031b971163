package io.memring.load.workload;

import io.memring.load.result.CommandKind;

import java.util.Arrays;

/** Collects the requests of a trace. */
final class TraceBuilder {

    /** In place of a size or a TTL that the trace does not tell. */
    static final int UNKNOWN = -1;

    private static final int FIRST_CAPACITY = 1 << 16;

    private long[] keys = new long[FIRST_CAPACITY];
    private byte[] kinds = {};
    private int[] sizes = {};
    private int[] ttls = {};
    private int length;

    boolean isEmpty() {
        return length == 0;
    }

    void add(long key) {
        if (length == keys.length) {
            keys = Arrays.copyOf(keys, Math.multiplyExact(2, length));
        }
        keys[length++] = key & Long.MAX_VALUE; // Keys are written without a sign.
    }

    void add(long key, CommandKind kind, int size, int ttl) {
        add(key);
        if (kinds.length < keys.length) {
            kinds = Arrays.copyOf(kinds, keys.length);
            sizes = Arrays.copyOf(sizes, keys.length);
            ttls = Arrays.copyOf(ttls, keys.length);
        }
        kinds[length - 1] = (byte) kind.ordinal();
        sizes[length - 1] = size;
        ttls[length - 1] = ttl;
    }

    Trace build(String name) {
        return new Trace(
                name,
                Arrays.copyOf(keys, length),
                kinds.length == 0 ? null : new Trace.Details(kinds, sizes, ttls));
    }
}
