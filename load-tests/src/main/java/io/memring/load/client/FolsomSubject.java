package io.memring.load.client;

import com.spotify.folsom.AsciiMemcacheClient;
import com.spotify.folsom.MemcacheClientBuilder;
import com.spotify.folsom.MemcacheStatus;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** folsom over the text protocol, allowed as many requests on their way as the workloads need. */
@SuppressWarnings("FutureReturnValueIgnored") // Each future tells the completion.
final class FolsomSubject implements Subject {
    private static final int MAX_OUTSTANDING = 16_384;
    private static final long MILLIS = 10_000;

    private final AsciiMemcacheClient<byte[]> client;

    FolsomSubject(List<InetSocketAddress> nodes) throws Exception {
        MemcacheClientBuilder<byte[]> builder =
                MemcacheClientBuilder.newByteArrayClient()
                        .withMaxOutstandingRequests(MAX_OUTSTANDING);
        for (InetSocketAddress node : nodes) {
            builder.withAddress(node.getHostString(), node.getPort());
        }
        client = builder.connectAscii();
        client.awaitConnected(MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void store(String key, byte[] value) throws Exception {
        client.set(key, value, 0).toCompletableFuture().get();
    }

    @Override
    public boolean fetch(String key) throws Exception {
        return client.get(key).toCompletableFuture().get() != null;
    }

    @Override
    public void fetch(String key, Completion done) {
        client.get(key).whenComplete((value, _) -> done.done(value != null));
    }

    @Override
    public void store(String key, byte[] value, Completion done) {
        client.set(key, value, 0)
                .whenComplete((status, _) -> done.done(status == MemcacheStatus.OK));
    }

    @Override
    public void fetchAll(List<String> keys, Completion done) {
        client.get(keys)
                .whenComplete(
                        (values, failure) ->
                                done.done(
                                        failure == null
                                                && values.stream().allMatch(Objects::nonNull)));
    }
}
