package io.memring.client.micrometer;

import io.memring.client.HashRing;
import io.memring.client.NodeFigures;
import io.memring.client.error.ClientClosedException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.binder.cache.CacheMeterBinder;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.ToLongFunction;

/**
 * The meters that Micrometer has for any cache ({@code cache.gets} by {@code result}, {@code
 * cache.puts}), and {@code memcached.client.in.flight}, requests that wait or are on their way.
 *
 * <pre>{@code
 * new HashRingMetrics(client, "sessions", Tags.empty()).bindTo(registry);
 * }</pre>
 */
@SuppressWarnings("exports") // Who uses it has the library.
public final class HashRingMetrics extends CacheMeterBinder<HashRing> {

    /** Binds the figures of a client under a name, without keeping the client alive. */
    public HashRingMetrics(HashRing client, String name, Iterable<Tag> tags) {
        super(client, name, tags);
    }

    /** Not known: only the nodes could count. */
    @Override
    protected @Nullable Long size() {
        return null;
    }

    @Override
    protected long hitCount() {
        return sum(NodeFigures::hits);
    }

    @Override
    protected Long missCount() {
        return sum(NodeFigures::misses);
    }

    /** Not known: only the nodes evict. */
    @Override
    protected @Nullable Long evictionCount() {
        return null;
    }

    @Override
    protected long putCount() {
        return sum(NodeFigures::stores);
    }

    @Override
    protected void bindImplementationSpecificMetrics(MeterRegistry registry) {
        Gauge.builder("memcached.client.in.flight", () -> sum(NodeFigures::inFlight))
                .description("Requests that wait or are on their way")
                .tags(getTagsWithCacheName())
                .register(registry);
    }

    private long sum(ToLongFunction<NodeFigures> figure) {
        return figures().stream().mapToLong(figure).sum();
    }

    private List<NodeFigures> figures() {
        HashRing client = getCache();
        try {
            return client == null ? List.of() : client.nodes();
        } catch (ClientClosedException e) {
            return List.of();
        }
    }
}
