package io.memring.server.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.memring.server.testsupport.MemringExtension;

import net.spy.memcached.CASResponse;
import net.spy.memcached.CASValue;
import net.spy.memcached.ConnectionFactoryBuilder.Protocol;
import net.spy.memcached.MemcachedClient;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What spymemcached does in both of its modes. Every test has keys of its own. */
@ExtendWith(MemringExtension.class)
abstract class SpymemcachedContract {
    final InetSocketAddress node;
    final MemcachedClient client;
    final String key = "spy:" + UUID.randomUUID();

    private final Protocol protocol;

    SpymemcachedContract(InetSocketAddress node, Protocol protocol) {
        this.node = node;
        this.protocol = protocol;
        client = SpyClients.connect(node, protocol);
    }

    @AfterEach
    void shutDown() {
        client.shutdown();
    }

    @Test
    void get_missing_isNull() {
        assertThat(client.get(key)).isNull();
        assertThat(client.gets(key)).isNull();
    }

    @Test
    void set_everyType_comesBack() throws Exception {
        List<Object> values =
                List.of("text", "", "öäü ☃", 7, 1L << 40, true, 2.5, (byte) 3, UUID.randomUUID());
        for (Object value : values) {
            assertThat(client.set(key, 0, value).get()).isTrue();
            assertThat(client.get(key)).isEqualTo(value);
        }
        byte[] bytes = {0, 13, 10, -1, 10, 13};
        assertThat(client.set(key, 100, bytes).get()).isTrue();
        assertThat(client.get(key)).isEqualTo(bytes);
    }

    @Test
    void set_largeRandomValue_comesBack() throws Exception {
        long seed = new Random().nextLong();
        byte[] value = new byte[900_000];
        new Random(seed).nextBytes(value);
        assertThat(client.set(key, 0, value).get()).isTrue();
        assertThat((byte[]) client.get(key)).as("seed %d", seed).isEqualTo(value);
    }

    @Test
    void addAndReplace_dependOnWhatIsThere() throws Exception {
        assertThat(client.replace(key, 0, "a").get()).isFalse();
        assertThat(client.add(key, 0, "b").get()).isTrue();
        assertThat(client.add(key, 0, "c").get()).isFalse();
        assertThat(client.get(key)).isEqualTo("b");
        assertThat(client.replace(key, 0, "d").get()).isTrue();
        assertThat(client.get(key)).isEqualTo("d");
    }

    @Test
    void appendAndPrepend_growTheValue() throws Exception {
        assertThat(client.append(key, "x").get()).isFalse();
        assertThat(client.prepend(key, "x").get()).isFalse();
        assertThat(client.set(key, 0, "middle").get()).isTrue();
        assertThat(client.append(key, "-end").get()).isTrue();
        assertThat(client.prepend(key, "begin-").get()).isTrue();
        assertThat(client.get(key)).isEqualTo("begin-middle-end");
    }

    @Test
    void cas_storesOverTheVersionReadOnly() throws Exception {
        assertThat(client.cas(key, 1, "x")).isEqualTo(CASResponse.NOT_FOUND);
        assertThat(client.set(key, 0, "first").get()).isTrue();
        CASValue<Object> read = client.gets(key);
        assertThat(read.getValue()).isEqualTo("first");
        assertThat(client.cas(key, read.getCas(), "second")).isEqualTo(CASResponse.OK);
        assertThat(client.cas(key, read.getCas(), "third")).isEqualTo(CASResponse.EXISTS);
        assertThat(client.cas(key, client.gets(key).getCas(), 100, "fourth"))
                .isEqualTo(CASResponse.OK);
        assertThat(client.asyncCAS(key, 1, "fifth").get()).isEqualTo(CASResponse.EXISTS);
        assertThat(client.get(key)).isEqualTo("fourth");
    }

    @Test
    void delete_removes() throws Exception {
        assertThat(client.delete(key).get()).isFalse();
        assertThat(client.set(key, 0, "x").get()).isTrue();
        assertThat(client.delete(key).get()).isTrue();
        assertThat(client.get(key)).isNull();
    }

    @Test
    void getBulk_findsWhatIsThere() throws Exception {
        Map<String, Object> expected = new HashMap<>();
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            keys.add(key + i);
            if (i % 3 != 0) {
                expected.put(key + i, "value" + i);
                assertThat(client.set(key + i, 0, "value" + i).get()).isTrue();
            }
        }
        assertThat(client.getBulk(keys)).isEqualTo(expected);
        assertThat(client.asyncGetBulk(keys.iterator()).get()).isEqualTo(expected);
        assertThat(client.getBulk(key + "none")).isEmpty();
    }

    @Test
    void manyAsyncGets_areMergedIntoMultigets() throws Exception {
        assertThat(client.set(key, 0, "x").get()).isTrue();
        List<Future<Object>> reads = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            reads.add(client.asyncGet(i % 2 == 0 ? key : key + "none"));
        }
        for (int i = 0; i < reads.size(); i++) {
            assertThat(reads.get(i).get()).isEqualTo(i % 2 == 0 ? "x" : null);
        }
    }

    @Test
    void versionsAndStats_areUnderstood() {
        assertThat(client.getVersions().values()).hasSize(1);
        assertThat(client.getVersions().values().iterator().next()).matches("\\d+\\.\\d+\\.\\d+.*");
        Map<String, String> general = only(client.getStats());
        assertThat(general).containsKeys("pid", "curr_items", "cmd_get", "limit_maxbytes");
        assertThat(only(client.getStats("settings"))).containsKeys("maxbytes", "item_size_max");
        assertThat(only(client.getStats("conns"))).containsValue("conn_listening");
    }

    private static Map<String, String> only(Map<SocketAddress, Map<String, String>> stats) {
        assertThat(stats).hasSize(1);
        return stats.values().iterator().next();
    }

    @Test
    void severalThreadsAndClients_loseNoUpdate() throws Exception {
        int threads = 4;
        int rounds = 300;
        assertThat(client.set(key, 0, "0").get()).isTrue();
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<?>> workers = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int worker = i;
                workers.add(pool.submit(() -> work(worker, rounds)));
            }
            for (Future<?> worker : workers) {
                worker.get();
            }
        }
        assertThat(client.incr(key, 0)).isEqualTo((long) threads * rounds);
    }

    /** Half of the workers share a client; each reads back what it alone has written. */
    private void work(int worker, int rounds) {
        MemcachedClient mine = worker % 2 == 0 ? client : SpyClients.connect(node, protocol);
        try {
            for (int i = 0; i < rounds; i++) {
                String own = key + ":" + worker + ":" + i % 10;
                assertThat(mine.set(own, 0, worker + "-" + i).get()).isTrue();
                assertThat(mine.get(own)).isEqualTo(worker + "-" + i);
                assertThat(mine.incr(key, 1)).isPositive();
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        } finally {
            if (worker % 2 != 0) {
                mine.shutdown();
            }
        }
    }
}
