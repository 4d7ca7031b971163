package io.memring.client.connection;

import io.memring.client.error.MemcacheException;
import io.memring.client.error.OperationTimeoutException;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What came of a connection's requests. Replies and their latencies are counted by the event loop
 * alone, so that it takes no atomic operation; failures by any thread. Anybody reads.
 */
final class Tally {
    private final AtomicLongArray counts = new AtomicLongArray(Count.values().length);
    private final AtomicLongArray latencies = new AtomicLongArray(LatencyBuckets.COUNT);

    /** Counts a reply; the event loop. */
    void replied(Request<?> request, Reply reply, long nowNanos) {
        if (!request.kind.concernsItem()) {
            return;
        }
        if (!(request instanceof BulkGet)) {
            item(request, reply);
        }
        if (request.isLastReply(reply)) {
            addOne(latencies, LatencyBuckets.index(nowNanos - request.startedNanos()));
        }
    }

    /** Counts what was said of an item, be it by silence; the event loop. */
    void item(Request<?> request, Reply reply) {
        addOne(counts, Count.REPLIES.ordinal());
        if (request.kind.fetches()) {
            boolean hit = reply.code == ReplyCode.VALUE && !reply.isLease();
            addOne(counts, (hit ? Count.HITS : Count.MISSES).ordinal());
        } else if (request.kind.stores() && reply.code == ReplyCode.DONE) {
            addOne(counts, Count.STORES.ordinal());
        }
    }

    private static void addOne(AtomicLongArray array, int index) {
        array.setOpaque(index, array.getPlain(index) + 1);
    }

    /** Counts a request that ended without a result; any thread. */
    void failed(MemcacheException failure) {
        counts.getAndIncrement(Count.FAILURES.ordinal());
        if (failure instanceof OperationTimeoutException) {
            counts.getAndIncrement(Count.TIMEOUTS.ordinal());
        }
    }

    long get(Count count) {
        return counts.getOpaque(count.ordinal());
    }

    /** Adds how many requests took how long. */
    void addLatencies(long[] sums) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += latencies.getOpaque(i);
        }
    }
}
