package io.memring.client;

import io.memring.client.connection.BulkGet;
import io.memring.client.connection.NodeLink;
import io.memring.client.connection.Reply;
import io.memring.client.connection.ReplyCode;
import io.memring.client.error.MemcacheException;
import io.memring.client.error.Origin;
import io.memring.client.error.ServerRefusedException;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Fetches many items: groups keys by node, sends each node its share at once, and is done when all
 * have answered or given up. What may be a lease rather than a value is asked for once more, in the
 * rest of the time. Each share writes to arrays of its own, so that nothing is locked.
 */
final class BulkFetch<V> {
    private final Dispatcher dispatcher;
    private final Scope scope;
    private final Lookups<V> lookups;
    private final Collection<String> keys;
    private final List<Share> shares = new ArrayList<>();
    private final Map<String, MemcacheException> refused = new HashMap<>();
    private final long startedNanos = System.nanoTime();

    BulkFetch(Dispatcher dispatcher, Scope scope, Lookups<V> lookups, Collection<String> keys) {
        this.dispatcher = dispatcher;
        this.scope = scope;
        this.lookups = lookups;
        this.keys = keys instanceof Set ? keys : new LinkedHashSet<>(keys);
    }

    CompletableFuture<BulkResult<V>> start() {
        Topology topology = dispatcher.topology();
        group(topology);
        return CompletableFuture.allOf(
                        shares.stream().map(Share::fetch).toArray(CompletableFuture[]::new))
                .thenApply(nothing -> result());
    }

    private void group(Topology topology) {
        Map<Integer, Share> open = new HashMap<>();
        for (String key : keys) {
            try {
                WireKey wireKey = dispatcher.keys.of(key);
                int node = topology.indexFor(scope.routing(wireKey));
                Share share = open.get(node);
                if (share == null || share.isFull()) {
                    share = new Share(topology.links.get(node));
                    open.put(node, share);
                    shares.add(share);
                }
                share.add(key, wireKey);
            } catch (MemcacheException e) {
                refused.put(key, e);
            }
        }
    }

    private Duration timeLeft() {
        long nanos = scope.bulkTimeoutNanos() - (System.nanoTime() - startedNanos);
        return Duration.ofNanos(Math.max(1, nanos));
    }

    private BulkResult<V> result() {
        Map<String, V> hits = new HashMap<>(keys.size() * 2);
        Set<String> misses = new HashSet<>();
        for (Share share : shares) {
            share.collect(hits, misses, refused);
        }
        return new BulkResult<>(hits, misses, refused);
    }

    /** The keys of one node, or a part of them. */
    private final class Share implements BulkGet.Sink {
        private final NodeLink link;
        private final List<String> shareKeys = new ArrayList<>();
        private final List<WireKey> wireKeys = new ArrayList<>();

        /** By key: its value, its failure, or what says that there is none. */
        private @Nullable Object[] found = {};

        private @Nullable MemcacheException failure;

        Share(NodeLink link) {
            this.link = link;
        }

        void add(String key, WireKey wireKey) {
            shareKeys.add(key);
            wireKeys.add(wireKey);
        }

        boolean isFull() {
            return shareKeys.size() == BulkGet.MAX_KEYS;
        }

        /** Done when all keys have answered or given up; it does not fail. */
        CompletableFuture<Share> fetch() {
            return ask(request(), scope)
                    .thenCompose(
                            unclear ->
                                    unclear.isEmpty()
                                            ? CompletableFuture.completedFuture(unclear)
                                            : ask(again(unclear), scope.within(timeLeft())))
                    .handle((unclear, shareFailure) -> finished(shareFailure));
        }

        private CompletableFuture<BitSet> ask(BulkGet request, Scope its) {
            dispatcher.send(link, its, request.wantsValue());
            return request;
        }

        private BulkGet request() {
            found = new @Nullable Object[shareKeys.size()];
            byte[][] bytes = new byte[shareKeys.size()][];
            boolean[] base64s = new boolean[shareKeys.size()];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = wireKeys.get(i).bytes;
                base64s[i] = wireKeys.get(i).base64;
            }
            return new BulkGet(bytes, base64s, this);
        }

        @Override
        public void accept(int index, Reply reply) {
            found[index] = outcome(reply);
        }

        private Object outcome(Reply reply) {
            try {
                if (reply.code() == ReplyCode.ERROR) {
                    Origin origin = new Origin(link.node().id(), "get", true);
                    return ServerRefusedException.of(origin, reply.text());
                }
                return Lookups.hasValue(reply) ? lookups.value(reply) : ReplyCode.MISS;
            } catch (MemcacheException e) {
                return e;
            }
        }

        private BulkGet again(BitSet unclear) {
            int[] indexes = unclear.stream().toArray();
            byte[][] bytes = new byte[indexes.length][];
            Arrays.setAll(bytes, i -> wireKeys.get(indexes[i]).bytes);
            BulkGet.Sink sink = (i, reply) -> accept(indexes[i], reply);
            return new BulkGet(bytes, new boolean[bytes.length], sink).lineByLine();
        }

        private Share finished(@Nullable Throwable shareFailure) {
            if (shareFailure == null) {
                tell();
            } else {
                failure = BulkChange.reason(shareFailure);
            }
            return this;
        }

        /** Counted at the end: what is asked for again after a loss is there, or not, but once. */
        private void tell() {
            int hits = 0;
            int misses = 0;
            for (Object outcome : found) {
                if (outcome == ReplyCode.MISS) {
                    misses++;
                } else if (!(outcome instanceof MemcacheException)) {
                    hits++;
                }
            }
            dispatcher.watch.fetched(link.node(), hits, misses);
        }

        @SuppressWarnings("unchecked") // What is neither a failure nor a miss came from the codec.
        void collect(
                Map<String, V> hits, Set<String> misses, Map<String, MemcacheException> failures) {
            for (int i = 0; i < found.length; i++) {
                String key = shareKeys.get(i);
                Object outcome = found[i];
                if (outcome == null) {
                    failures.put(key, BulkChange.reason(failure));
                } else if (outcome instanceof MemcacheException wrong) {
                    failures.put(key, wrong);
                } else if (outcome == ReplyCode.MISS) {
                    misses.add(key);
                } else {
                    hits.put(key, (V) outcome);
                }
            }
        }
    }
}
