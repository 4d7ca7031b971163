package io.memring.client;

import io.memring.client.connection.Count;
import io.memring.client.connection.LatencyBuckets;
import io.memring.client.connection.NodeLink;
import io.memring.client.ring.Node;

import java.time.Duration;

/**
 * How it goes with a node, since the client has known it.
 *
 * @param state how it stands with its connections
 * @param inFlight requests that wait or are on their way
 * @param replies replies about items; each key of a bulk fetch has one
 * @param hits items that were asked for and found
 * @param misses items that were asked for and not there
 * @param stores values that were stored
 * @param failures requests that ended without a result, timeouts and refusals by the node included
 * @param timeouts those that ended by their time limit
 * @param latency how long it took from call to reply
 */
public record NodeFigures(
        Node node,
        NodeState state,
        int inFlight,
        long replies,
        long hits,
        long misses,
        long stores,
        long failures,
        long timeouts,
        Latency latency) {

    /**
     * How long requests took that had a reply, at most an eighth too long.
     *
     * @param median half of them took no longer
     * @param p99 99 of 100 took no longer
     * @param max the longest
     */
    public record Latency(Duration median, Duration p99, Duration max) {

        static Latency of(long[] buckets) {
            return new Latency(
                    percentile(buckets, 0.5), percentile(buckets, 0.99), percentile(buckets, 1));
        }

        private static Duration percentile(long[] buckets, double share) {
            long all = 0;
            for (long bucket : buckets) {
                all += bucket;
            }
            long left = (long) Math.ceil(all * share);
            for (int i = 0; i < buckets.length && all > 0; i++) {
                left -= buckets[i];
                if (left <= 0) {
                    return Duration.ofNanos(LatencyBuckets.longest(i));
                }
            }
            return Duration.ZERO;
        }
    }

    static NodeFigures of(NodeLink link) {
        return new NodeFigures(
                link.node(),
                NodeState.of(link.state()),
                link.inFlight(),
                link.total(Count.REPLIES),
                link.total(Count.HITS),
                link.total(Count.MISSES),
                link.total(Count.STORES),
                link.total(Count.FAILURES),
                link.total(Count.TIMEOUTS),
                Latency.of(link.latencies()));
    }
}
