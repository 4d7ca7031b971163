package io.memring.load.client;

import io.memring.client.AsyncCommands;
import io.memring.client.HashRing;
import io.memring.client.HashRingBuilder;
import io.memring.client.StoreResult;
import io.memring.client.SyncCommands;
import io.memring.client.Ttl;
import io.memring.client.codec.Codecs;
import io.memring.client.ring.Node;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/** Our own client as it is built without settings but for a patient time limit. */
@SuppressWarnings("FutureReturnValueIgnored") // Each future tells the completion.
final class MemringSubject implements Subject {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final SyncCommands<byte[]> sync;
    private final AsyncCommands<byte[]> async;

    MemringSubject(List<InetSocketAddress> nodes) {
        HashRingBuilder builder =
                HashRing.builder().operationTimeout(PATIENCE).bulkTimeout(PATIENCE);
        nodes.forEach(node -> builder.node(Node.of(node.getHostString(), node.getPort())));
        HashRing client = builder.build();
        sync = client.sync(Codecs.bytes());
        async = client.async(Codecs.bytes());
    }

    @Override
    public void store(String key, byte[] value) {
        sync.set(key, value, Ttl.never());
    }

    @Override
    public boolean fetch(String key) {
        return sync.get(key).isPresent();
    }

    @Override
    public void fetch(String key, Completion done) {
        async.get(key)
                .whenComplete((value, failure) -> done.done(failure == null && value.isPresent()));
    }

    @Override
    public void store(String key, byte[] value, Completion done) {
        async.set(key, value, Ttl.never())
                .whenComplete((result, _) -> done.done(result == StoreResult.STORED));
    }

    @Override
    public void fetchAll(List<String> keys, Completion done) {
        async.getAll(keys)
                .whenComplete(
                        (result, failure) ->
                                done.done(failure == null && result.hits().size() == keys.size()));
    }
}
