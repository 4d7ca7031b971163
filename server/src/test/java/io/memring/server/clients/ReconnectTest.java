package io.memring.server.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.memring.server.MemringServer;

import net.spy.memcached.MemcachedClient;

import org.junit.jupiter.api.Test;

import java.net.InetSocketAddress;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** A client whose node goes away and comes back. */
final class ReconnectTest {
    private static final int TIMEOUT_MILLIS = 1000;
    private static final int ATTEMPTS = 60;

    @Test
    void spymemcached_findsTheNodeThatCameBack() throws Exception {
        InetSocketAddress address;
        MemcachedClient client;
        try (MemringServer first = start(0)) {
            address = first.address();
            client = SpyClients.connect(address, TIMEOUT_MILLIS);
            assertThat(client.set("k", 0, "first").get()).isTrue();
        }
        try (MemringServer _ = start(address.getPort())) {
            assertThat(eventuallyStores(client)).isTrue();
            assertThat(client.get("k")).isEqualTo("second");
        } finally {
            client.shutdown();
        }
    }

    private static MemringServer start(int port) {
        return MemringServer.builder().listen("127.0.0.1").port(port).workers(1).start();
    }

    /** Every failed attempt takes until the client gives up waiting for it. */
    private static boolean eventuallyStores(MemcachedClient client) throws InterruptedException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Future<Boolean> stored = client.set("k", 0, "second");
            try {
                return stored.get();
            } catch (ExecutionException | RuntimeException failedOrTimedOut) {
                stored.cancel(true);
            }
        }
        return false;
    }
}
