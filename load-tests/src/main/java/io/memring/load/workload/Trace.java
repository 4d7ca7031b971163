package io.memring.load.workload;

import io.memring.load.result.CommandKind;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Recorded requests, all in memory: twelve bytes each, or twenty-one if the trace has sizes. Its
 * requests are claimed one by one by the threads of a run; {@link #rewind} begins anew.
 */
public final class Trace {
    private static final CommandKind[] KINDS = CommandKind.values();

    private final String name;
    private final long[] keys;
    private final @Nullable Details details;
    private final AtomicInteger next = new AtomicInteger();
    private final long maxKey;

    /** What some traces know beyond keys, each array as long as that of the keys or longer. */
    static final class Details {
        /** Ordinals of {@link CommandKind}. */
        final byte[] kinds;

        final int[] sizes;

        /** Seconds. */
        final int[] ttls;

        Details(byte[] kinds, int[] sizes, int[] ttls) {
            this.kinds = kinds;
            this.sizes = sizes;
            this.ttls = ttls;
        }
    }

    Trace(String name, long[] keys, @Nullable Details details) {
        this.name = name;
        this.keys = keys;
        this.details = details;
        maxKey = Arrays.stream(keys).max().orElse(0);
    }

    /** How many requests there are. */
    public int length() {
        return keys.length;
    }

    long maxKey() {
        return maxKey;
    }

    /** Begins anew. To be called while no thread sends. */
    public void rewind() {
        next.set(0);
    }

    /** The position of a request that nobody else gets, or a negative number if all are gone. */
    long claim() {
        int position = next.getAndIncrement();
        if (position >= keys.length || position < 0) {
            next.set(keys.length); // Lest it overflows, one day.
            return -1;
        }
        return position;
    }

    /** Fills in a request; what the trace does not tell is drawn, always the same for a key. */
    void read(int position, Request request, Workload workload) {
        long key = keys[position];
        CommandKind kind = details == null ? CommandKind.GET : KINDS[details.kinds[position]];
        int size = details == null ? TraceBuilder.UNKNOWN : details.sizes[position];
        int ttl = details == null ? TraceBuilder.UNKNOWN : details.ttls[position];
        request.kind = kind;
        request.key = kind == CommandKind.INCR ? key % workload.counters() : key;
        request.version = position;
        if (size == TraceBuilder.UNKNOWN || ttl == TraceBuilder.UNKNOWN) {
            SplittableRandom random = new SplittableRandom(key);
            size = size == TraceBuilder.UNKNOWN ? workload.sizes().next(random) : size;
            ttl = ttl == TraceBuilder.UNKNOWN ? workload.ttls().next(random) : ttl;
        }
        request.valueLength = size;
        request.ttl = Math.min(ttl, Ttls.MAX_SECONDS);
    }

    @Override
    public String toString() {
        return name + " (" + keys.length + " requests)";
    }
}
