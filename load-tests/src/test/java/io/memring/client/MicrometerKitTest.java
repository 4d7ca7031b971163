package io.memring.client;

import io.memring.client.micrometer.HashRingMetrics;
import io.memring.client.ring.Node;
import io.memring.server.MemringServer;
import io.memring.server.testsupport.MemringExtension;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.cache.CacheMeterBinder;
import io.micrometer.core.instrument.binder.cache.CacheMeterBinderCompatibilityKit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import java.time.Duration;
import java.util.Objects;

/** What Micrometer demands of the meters of any cache. */
@Timeout(60)
@ExtendWith(MemringExtension.class)
final class MicrometerKitTest extends CacheMeterBinderCompatibilityKit<HashRing> {
    private @Nullable HashRing client;

    MicrometerKitTest(MemringServer server) {
        HashRing opened =
                HashRing.builder()
                        .node(Node.of("127.0.0.1", server.port()))
                        .operationTimeout(Duration.ofSeconds(20))
                        .build();
        opened.sync().delete("k");
        client = opened;
    }

    @AfterEach
    void close() {
        if (client != null) {
            client.close();
            client = null;
        }
    }

    /** A client that nobody has closed lives on in its event loops. */
    @Override
    public void dereferenceCache() {
        close();
        super.dereferenceCache();
    }

    private HashRing opened() {
        return Objects.requireNonNull(client);
    }

    @Override
    public HashRing createCache() {
        return opened();
    }

    @Override
    public CacheMeterBinder<HashRing> binder() {
        return new HashRingMetrics(opened(), "mycache", Tags.empty());
    }

    @Override
    public void put(String key, String value) {
        opened().sync().set(key, value, Ttl.never());
    }

    @Override
    public String get(String key) {
        return opened().sync().get(key).orElse("");
    }
}
