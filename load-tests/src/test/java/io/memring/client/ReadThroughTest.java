package io.memring.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memring.client.Lookup.Hit;
import io.memring.client.Lookup.Miss;
import io.memring.client.Lookup.Pending;
import io.memring.client.caffeine.CaffeineNearCache;
import io.memring.client.codec.Codecs;
import io.memring.client.pattern.Invalidation;
import io.memring.client.pattern.LoadFailedException;
import io.memring.client.pattern.Namespace;
import io.memring.client.pattern.ReadThrough;
import io.memring.client.pattern.ReadThroughBuilder;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reading through, by what the node may say of an item: each answer has a test of what becomes of
 * it. A second client brings items into the state that is asked for.
 */
@Timeout(60)
final class ReadThroughTest {
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration AHEAD = Duration.ofMinutes(5);
    private static final Ttl MINUTE = Ttl.of(Duration.ofMinutes(1));
    private static final Ttl HOUR = Ttl.of(Duration.ofHours(1));
    private static final String KEY = "item:1";

    @AutoClose private static final TestNode NODE = TestNode.start();

    @AutoClose private final TwoClients clients = new TwoClients(NODE.port());
    private final HashRing one = clients.one;
    private final HashRing two = clients.two;
    private final SyncCommands<String> other = two.sync();
    private final AtomicInteger loads = new AtomicInteger();

    private ReadThroughBuilder<Integer, String> reading() {
        return clients.reading(one).ttl(Duration.ofHours(1));
    }

    private String load(Integer id) {
        return "loaded " + id + " " + loads.incrementAndGet();
    }

    private static void awaitValue(ReadThrough<Integer, String> cache, String value) {
        while (!cache.get(1).equals(Optional.of(value))) {
            Thread.onSpinWait();
        }
    }

    // ---- The answers, one by one ----

    @Test
    void fresh_isReturned() {
        other.set(KEY, "fresh", HOUR);

        assertThat(reading().refreshAhead(AHEAD).build(this::load).get(1)).contains("fresh");
        assertThat(loads).hasValue(0);
    }

    @Test
    void expiringAndWon_isReturnedAndLoadedAhead() {
        other.set(KEY, "expiring", MINUTE);
        ReadThrough<Integer, String> cache = reading().refreshAhead(AHEAD).build(this::load);

        assertThat(cache.get(1)).contains("expiring");
        awaitValue(cache, "loaded 1 1");
        assertThat(loads).hasValue(1);
    }

    @Test
    void expiringAndWonByAnother_isReturned() {
        other.set(KEY, "expiring", MINUTE);
        assertThat(other.lookupOrLease(KEY, LEASE, AHEAD)).matches(hit -> ((Hit<?>) hit).won());

        assertThat(reading().refreshAhead(AHEAD).build(this::load).get(1)).contains("expiring");
        assertThat(loads).hasValue(0);
    }

    @Test
    void staleAndWon_isServedWhileItIsLoaded() {
        other.set(KEY, "stale", HOUR);
        assertThat(other.markStale(KEY, MINUTE)).isTrue();
        ReadThrough<Integer, String> cache = reading().build(this::load);

        assertThat(cache.get(1)).contains("stale");
        awaitValue(cache, "loaded 1 1");
    }

    @Test
    void staleAndWon_notToBeServed_isLoadedFirst() {
        other.set(KEY, "stale", HOUR);
        assertThat(other.markStale(KEY, MINUTE)).isTrue();
        ReadThrough<Integer, String> cache = reading().stale(LEASE, false).build(this::load);

        assertThat(cache.get(1)).contains("loaded 1 1");
        assertThat(other.get(KEY)).contains("loaded 1 1");
    }

    @Test
    void staleAndWon_loaderFails_givesTheTokenBack() {
        other.set(KEY, "stale", HOUR);
        assertThat(other.markStale(KEY, MINUTE)).isTrue();
        ReadThrough<Integer, String> cache =
                reading().stale(LEASE, false).build(id -> load(failingFirst(id)));

        assertThatThrownBy(() -> cache.get(1)).isInstanceOf(LoadFailedException.class);
        assertThat(cache.get(1)).contains("loaded 1 2");
    }

    private Integer failingFirst(Integer id) {
        if (loads.get() == 0) {
            loads.incrementAndGet();
            throw new IllegalStateException("thrown on purpose");
        }
        return id;
    }

    @Test
    void staleAndWonByAnother_isServedOrWaitedFor() {
        other.set(KEY, "stale", HOUR);
        assertThat(other.markStale(KEY, MINUTE)).isTrue();
        Hit<String> won = (Hit<String>) other.lookup(KEY);
        assertThat(won.won()).isTrue();

        assertThat(reading().build(this::load).get(1)).contains("stale");
        CompletableFuture<Optional<String>> waiting =
                reading()
                        .stale(LEASE, false)
                        .losers(1000, Duration.ofMillis(1))
                        .build(this::load)
                        .getAsync(1);
        assertThat(waiting).isNotDone();
        other.compareAndSet(KEY, "by another", won.cas(), HOUR);
        assertThat(waiting.join()).contains("by another");
        assertThat(loads).hasValue(0);
    }

    @Test
    void missing_isLoadedUnderALeaseAndStored() {
        assertThat(reading().build(this::load).get(1)).contains("loaded 1 1");
        assertThat(other.get(KEY)).contains("loaded 1 1");
    }

    @Test
    void missing_invalidatedWhileItIsLoaded_isNotStored() {
        for (Function<String, Object> change :
                List.<Function<String, Object>>of(
                        other::delete,
                        key -> two.async().bury(key, MINUTE).join(),
                        key -> other.set(key, "newer", HOUR))) {
            other.delete(KEY);
            ReadThrough<Integer, String> cache =
                    reading()
                            .build(
                                    id -> {
                                        assertThat(change.apply(KEY)).isNotNull();
                                        return "too late";
                                    });

            assertThat(cache.get(1)).contains("too late");
            assertThat(other.get(KEY)).isNotEqualTo(Optional.of("too late"));
        }
    }

    @Test
    void missing_loadedByAnother_isWaitedForThenLoadedWithoutStoring() {
        assertThat(other.lookupOrLease(KEY, LEASE, Duration.ZERO)).isInstanceOf(Miss.class);
        ReadThrough<Integer, String> cache =
                reading().losers(2, Duration.ofMillis(1)).build(this::load);

        assertThat(cache.get(1)).contains("loaded 1 1");
        assertThat(other.lookupOrLease(KEY, LEASE, Duration.ZERO)).isInstanceOf(Pending.class);
    }

    @Test
    void missing_loaderFails_givesTheLeaseBack() {
        ReadThrough<Integer, String> cache = reading().build(id -> load(failingFirst(id)));

        assertThatThrownBy(() -> cache.get(1)).isInstanceOf(LoadFailedException.class);
        Miss<String> next = (Miss<String>) one.sync().lookupOrLease(KEY, LEASE, Duration.ZERO);
        assertThat(next.won()).isTrue();
    }

    @Test
    void absent_isRememberedAndLoadedWhenStale() {
        ReadThrough<Integer, String> cache =
                reading().negative(Duration.ofMinutes(1)).build(this::load);
        two.async().setAbsent(KEY, MINUTE).join();

        assertThat(cache.get(1)).isEmpty();
        assertThat(loads).hasValue(0);
        cache.invalidate(1).join();
        assertThat(cache.get(1)).contains("loaded 1 1");
    }

    @Test
    void nodeDown_isLoadedWithoutTheCache() {
        try (HashRing nowhere = HashRing.builder().nodes("127.0.0.1:1").build()) {
            ReadThrough<Integer, String> cache =
                    ReadThrough.over(nowhere, Codecs.string(), (Integer id) -> "item:" + id)
                            .bulkLoader(this::loadAll)
                            .build(this::load);

            assertThat(cache.get(1)).contains("loaded 1 1");
            assertThat(cache.getAll(Set.of(2, 3))).containsOnlyKeys(2, 3);
        }
    }

    // ---- Many at once ----

    private final Queue<Set<Integer>> bulks = new ConcurrentLinkedQueue<>();

    private Map<Integer, String> loadAll(Set<Integer> ids) {
        bulks.add(ids);
        return ids.stream().filter(id -> id < 100).collect(Collectors.toMap(id -> id, this::load));
    }

    @Test
    void getAll_bulkLoader_loadsAllThatMissInOneCall() {
        ReadThrough<Integer, String> cache = reading().bulkLoader(this::loadAll).build(this::load);
        other.set("item:2", "cached", HOUR);
        Map<Integer, String> found = cache.getAll(List.of(1, 2, 3, 100, 3));

        assertThat(bulks).containsExactly(Set.of(1, 3, 100));
        assertThat(found).containsOnlyKeys(1, 2, 3).containsEntry(2, "cached");
        assertThat(other.get("item:3")).contains(found.getOrDefault(3, "?"));
        assertThat(new TreeMap<>(cache.getAll(List.of(1, 2, 3)))).isEqualTo(new TreeMap<>(found));
        assertThat(bulks).hasSize(1);
    }

    @Test
    void getAll_othersLoadSome_loadsOnlyWhatItHoldsLeasesFor() {
        Miss<String> lease = (Miss<String>) other.lookupOrLease("item:2", LEASE, Duration.ZERO);
        ReadThrough<Integer, String> cache =
                reading()
                        .losers(1000, Duration.ofMillis(1))
                        .bulkLoader(
                                ids -> {
                                    other.compareAndSet("item:2", "theirs", lease.cas(), HOUR);
                                    return loadAll(ids);
                                })
                        .build(this::load);

        assertThat(cache.getAll(List.of(1, 2))).containsEntry(2, "theirs").containsKey(1);
        assertThat(bulks).containsExactly(Set.of(1));
    }

    @Test
    void getAll_bulkLoaderFails_givesAllLeasesBack() {
        ReadThrough<Integer, String> cache =
                reading()
                        .bulkLoader(
                                ids -> {
                                    throw new IllegalStateException("thrown on purpose");
                                })
                        .build(this::load);

        assertThatThrownBy(() -> cache.getAll(List.of(1, 2)))
                .isInstanceOf(LoadFailedException.class)
                .hasRootCauseMessage("thrown on purpose");
        assertThat(cache.get(1)).contains("loaded 1 1");
        assertThat(cache.get(2)).contains("loaded 2 2");
    }

    // ---- Invalidation ----

    @Test
    void invalidate_stale_servesTheOldValueWhileOneLoads() {
        ReadThrough<Integer, String> cache =
                reading().invalidation(Invalidation.stale(LEASE)).build(this::load);
        other.set(KEY, "old", HOUR);
        cache.invalidate(1).join();

        assertThat(cache.get(1)).contains("old");
        awaitValue(cache, "loaded 1 1");
    }

    @Test
    void invalidate_tombstone_refusesAddAndLetsOneLoad() {
        ReadThrough<Integer, String> cache =
                reading().invalidation(Invalidation.tombstone(LEASE)).build(this::load);
        other.set(KEY, "old", HOUR);
        cache.invalidate(1).join();

        assertThat(other.add(KEY, "from before", HOUR)).isEqualTo(StoreResult.NOT_STORED);
        assertThat(cache.get(1)).contains("loaded 1 1");
        assertThat(other.get(KEY)).contains("loaded 1 1");
    }

    @Test
    void invalidate_namespace_forgetsAll() {
        Namespace items = new Namespace(one, "items");
        ReadThrough<Integer, String> cache = reading().namespace(items).build(this::load);
        assertThat(cache.get(1)).contains("loaded 1 1");
        assertThat(cache.get(1)).contains("loaded 1 1");
        items.forget();

        assertThat(cache.get(1)).contains("loaded 1 2");
    }

    @Test
    void invalidate_whileItIsLoaded_isSeenByWhoAsksNext() throws InterruptedException {
        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        ReadThrough<Integer, String> cache =
                reading()
                        .build(
                                id -> {
                                    if (loads.getAndIncrement() > 0) {
                                        return "new";
                                    }
                                    loading.countDown();
                                    mayEnd.await();
                                    return "old";
                                });
        CompletableFuture<Optional<String>> before = cache.getAsync(1);
        loading.await();
        cache.invalidate(1).join();

        assertThat(cache.get(1)).contains("new");
        mayEnd.countDown();
        assertThat(before.join()).contains("old");
        assertThat(cache.get(1)).contains("new");
    }

    // ---- Near cache ----

    @Test
    void near_value_isServedWithoutTheNode() {
        ReadThrough<Integer, String> cache =
                reading().near(new CaffeineNearCache<>(100, LEASE)).build(this::load);

        assertThat(cache.get(1)).contains("loaded 1 1");
        other.delete(KEY);
        assertThat(cache.get(1)).contains("loaded 1 1");
        assertThat(loads).hasValue(1);
    }

    @Test
    void near_ownChanges_areSeenAtOnce() {
        ReadThrough<Integer, String> cache =
                reading().near(new CaffeineNearCache<>(100, LEASE)).build(this::load);

        assertThat(cache.get(1)).contains("loaded 1 1");
        cache.invalidate(1).join();
        assertThat(cache.get(1)).contains("loaded 1 2");
        assertThat(cache.refresh(1).join()).contains("loaded 1 3");
        assertThat(cache.get(1)).contains("loaded 1 3");
    }
}
