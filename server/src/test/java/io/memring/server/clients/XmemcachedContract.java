package io.memring.server.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memring.server.testsupport.MemringExtension;

import net.rubyeye.xmemcached.CASOperation;
import net.rubyeye.xmemcached.CommandFactory;
import net.rubyeye.xmemcached.Counter;
import net.rubyeye.xmemcached.GetsResponse;
import net.rubyeye.xmemcached.MemcachedClient;
import net.rubyeye.xmemcached.XMemcachedClientBuilder;
import net.rubyeye.xmemcached.exception.MemcachedException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;

/** What xmemcached does in both of its modes. Every test has keys of its own. */
@ExtendWith(MemringExtension.class)
abstract class XmemcachedContract {
    private static final int OPERATION_TIMEOUT_MILLIS = 20_000;

    final InetSocketAddress node;
    final MemcachedClient client;
    final String key = "xm:" + UUID.randomUUID();

    XmemcachedContract(InetSocketAddress node, CommandFactory protocol) throws IOException {
        this.node = node;
        XMemcachedClientBuilder builder = new XMemcachedClientBuilder(List.of(node));
        builder.setCommandFactory(protocol);
        builder.setOpTimeout(OPERATION_TIMEOUT_MILLIS);
        client = builder.build();
    }

    @AfterEach
    void shutDown() throws IOException {
        client.shutdown();
    }

    /** What is said about a value that is too large. */
    abstract String tooLargeMessage();

    /** What is said about counting with what is no number. */
    abstract String nonNumericMessage();

    @Test
    void setAndGet_everyType_comesBack() throws Exception {
        assertThat(client.<Object>get(key)).isNull();
        List<Object> values = List.of("text", "", "öäü ☃", 7, 1L << 40, true, 2.5, 'c');
        for (Object value : values) {
            assertThat(client.set(key, 0, value)).isTrue();
            assertThat(client.<Object>get(key)).isEqualTo(value);
        }
        byte[] bytes = {0, 13, 10, -1, 10, 13};
        assertThat(client.set(key, 100, bytes)).isTrue();
        assertThat(client.<byte[]>get(key)).isEqualTo(bytes);
    }

    @Test
    void set_largeRandomValue_comesBack() throws Exception {
        long seed = new Random().nextLong();
        byte[] value = new byte[900_000];
        new Random(seed).nextBytes(value);
        assertThat(client.set(key, 0, value)).isTrue();
        assertThat(client.<byte[]>get(key)).as("seed %d", seed).isEqualTo(value);
    }

    @Test
    void set_tooLarge_failsAndTheConnectionGoesOn() throws Exception {
        byte[] value = new byte[1_048_576];
        new Random(1).nextBytes(value);
        assertThatThrownBy(() -> client.set(key, 0, value))
                .isInstanceOf(MemcachedException.class)
                .hasMessageContaining(tooLargeMessage());
        assertThat(client.set(key, 0, "small")).isTrue();
        assertThat(client.<String>get(key)).isEqualTo("small");
    }

    @Test
    void keys_mayBeLong() throws Exception {
        String longest = key + "k".repeat(250 - key.length());
        assertThat(client.set(longest, 0, "long")).isTrue();
        assertThat(client.<String>get(longest)).isEqualTo("long");
        assertThatThrownBy(() -> client.set(longest + "k", 0, "x"))
                .isInstanceOf(IllegalArgumentException.class);
        client.setSanitizeKeys(true);
        assertThat(client.set(key + " ☃", 0, "unicode")).isTrue();
        assertThat(client.<String>get(key + " ☃")).isEqualTo("unicode");
    }

    @Test
    void addAndReplace_dependOnWhatIsThere() throws Exception {
        assertThat(client.replace(key, 0, "a")).isFalse();
        assertThat(client.add(key, 0, "b")).isTrue();
        assertThat(client.add(key, 0, "c")).isFalse();
        assertThat(client.replace(key, 0, "d")).isTrue();
        assertThat(client.<String>get(key)).isEqualTo("d");
    }

    @Test
    void appendAndPrepend_growTheValue() throws Exception {
        assertThat(client.append(key, "x")).isFalse();
        assertThat(client.prepend(key, "x")).isFalse();
        assertThat(client.set(key, 0, "middle")).isTrue();
        assertThat(client.append(key, "-end")).isTrue();
        assertThat(client.prepend(key, "begin-")).isTrue();
        assertThat(client.<String>get(key)).isEqualTo("begin-middle-end");
    }

    @Test
    void cas_storesOverTheVersionReadOnly() throws Exception {
        assertThat(client.cas(key, 0, "x", 1)).isFalse();
        assertThat(client.set(key, 0, "first")).isTrue();
        GetsResponse<String> read = client.gets(key);
        assertThat(read.getValue()).isEqualTo("first");
        assertThat(client.cas(key, 0, "second", read.getCas())).isTrue();
        assertThat(client.cas(key, 0, "third", read.getCas())).isFalse();
        assertThat(client.cas(key, 0, appending("!"))).isTrue();
        assertThat(client.<String>get(key)).isEqualTo("second!");
        client.casWithNoReply(key, 0, appending("?"));
        assertThat(client.<String>get(key)).isEqualTo("second!?");
    }

    private static CASOperation<String> appending(String suffix) {
        return new CASOperation<>() {
            @Override
            public int getMaxTries() {
                return 5;
            }

            @Override
            public String getNewValue(long currentCas, String currentValue) {
                return currentValue + suffix;
            }
        };
    }

    @Test
    void incrAndDecr_countAndTakeDefaults() throws Exception {
        assertThat(client.incr(key + "zero", 1)).isZero();
        assertThat(client.incr(key, 5, 10)).isEqualTo(10);
        assertThat(client.incr(key, 5, 10)).isEqualTo(15);
        assertThat(client.decr(key, 4)).isEqualTo(11);
        assertThat(client.decr(key, 100)).isZero();
        assertThat(client.decr(key + "new", 1, 9)).isEqualTo(9);
        client.incrWithNoReply(key, 7);
        client.decrWithNoReply(key, 2);
        assertThat(client.incr(key, 1)).isEqualTo(6);
        assertThat(client.set(key, 0, "text")).isTrue();
        assertThatThrownBy(() -> client.incr(key, 1)).hasMessageContaining(nonNumericMessage());
    }

    @Test
    void noReply_doesWhatItSays() throws Exception {
        client.setWithNoReply(key, 0, "middle");
        client.addWithNoReply(key, 0, "ignored");
        client.appendWithNoReply(key, "-end");
        client.prependWithNoReply(key, "begin-");
        assertThat(client.<String>get(key)).isEqualTo("begin-middle-end");
        client.replaceWithNoReply(key, 0, "replaced");
        client.addWithNoReply(key + "new", 0, "added");
        assertThat(client.<String>get(key)).isEqualTo("replaced");
        assertThat(client.<String>get(key + "new")).isEqualTo("added");
    }

    @Test
    void counter_counts() throws Exception {
        Counter counter = client.getCounter(key, 100);
        assertThat(counter.get()).isEqualTo(100);
        assertThat(counter.incrementAndGet()).isEqualTo(101);
        assertThat(counter.addAndGet(9)).isEqualTo(110);
        assertThat(counter.decrementAndGet()).isEqualTo(109);
        assertThat(counter.addAndGet(-100)).isEqualTo(9);
        assertThat(counter.get()).isEqualTo(9);
    }

    @Test
    void touch_setsTheExpiry() throws Exception {
        assertThat(client.touch(key, 10)).isFalse();
        assertThat(client.set(key, 0, "x")).isTrue();
        assertThat(client.touch(key, 1000)).isTrue();
        assertThat(client.<String>get(key)).isEqualTo("x");
    }

    @Test
    void delete_removes() throws Exception {
        assertThat(client.delete(key)).isFalse();
        assertThat(client.set(key, 0, "x")).isTrue();
        assertThat(client.delete(key)).isTrue();
        assertThat(client.set(key, 0, "x")).isTrue();
        client.deleteWithNoReply(key);
        assertThat(client.<String>get(key)).isNull();
    }

    @Test
    void bulkGet_findsWhatIsThere() throws Exception {
        Map<String, String> expected = new HashMap<>();
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            keys.add(key + i);
            if (i % 3 != 0) {
                expected.put(key + i, "value" + i);
                assertThat(client.set(key + i, 0, "value" + i)).isTrue();
            }
        }
        assertThat(client.<String>get(keys)).isEqualTo(expected);
        Map<String, GetsResponse<String>> versions = client.gets(keys);
        assertThat(versions.keySet()).isEqualTo(expected.keySet());
        for (Map.Entry<String, GetsResponse<String>> version : versions.entrySet()) {
            assertThat(client.cas(version.getKey(), 0, "new", version.getValue().getCas()))
                    .isTrue();
        }
    }

    @Test
    void flushAll_emptiesTheCache() throws Exception {
        assertThat(client.set(key, 0, "x")).isTrue();
        client.flushAll();
        assertThat(client.<String>get(key)).isNull();
        assertThat(client.set(key, 0, "x")).isTrue();
        client.flushAllWithNoReply();
        assertThat(client.<String>get(key)).isNull();
        assertThat(client.set(key, 0, "x")).isTrue();
        client.flushAll(node);
        assertThat(client.<String>get(key)).isNull();
    }

    @Test
    void versionsAndStats_areUnderstood() throws Exception {
        assertThat(client.getVersions().values())
                .singleElement()
                .asString()
                .matches("\\d+\\.\\d+\\.\\d+.*");
        assertThat(client.getStats().values())
                .singleElement()
                .satisfies(stats -> assertThat(stats).containsKeys("pid", "curr_items"));
        assertThat(client.getStatsByItem("settings").values())
                .singleElement()
                .satisfies(stats -> assertThat(stats).containsKeys("maxbytes"));
    }

    @Test
    void namespaces_areInvalidatedTogether() throws Exception {
        client.withNamespace(
                key,
                inside -> {
                    try {
                        assertThat(inside.set("a", 0, "1")).isTrue();
                        return inside.<String>get("a");
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                });
        client.invalidateNamespace(key);
        String after = client.withNamespace(key, inside -> getWithin(inside, "a"));
        assertThat(after).isNull();
    }

    private static String getWithin(MemcachedClient inside, String name)
            throws MemcachedException, TimeoutException {
        try {
            return inside.get(name);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void severalThreads_shareOneConnection() throws Exception {
        int threads = 4;
        int rounds = 300;
        assertThat(client.set(key, 0, "0")).isTrue();
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<Boolean>> workers = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int worker = i;
                workers.add(pool.submit(() -> work(worker, rounds)));
            }
            for (Future<Boolean> worker : workers) {
                assertThat(worker.get()).isTrue();
            }
        }
        assertThat(client.incr(key, 0)).isEqualTo((long) threads * rounds);
    }

    /** Reads back what it alone has written, and counts for all. */
    private boolean work(int worker, int rounds) throws Exception {
        boolean right = true;
        for (int i = 0; i < rounds; i++) {
            String own = key + ":" + worker + ":" + i % 10;
            client.setWithNoReply(own, 0, worker + "-" + i);
            right &= (worker + "-" + i).equals(client.<String>get(own));
            right &= client.incr(key, 1) > 0;
        }
        return right;
    }
}
