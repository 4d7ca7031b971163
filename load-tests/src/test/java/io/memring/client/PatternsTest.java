package io.memring.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memring.client.codec.Codecs;
import io.memring.client.pattern.LoadFailedException;
import io.memring.client.pattern.Namespace;
import io.memring.client.pattern.ReadThrough;
import io.memring.client.pattern.SessionStore;
import io.memring.client.pattern.SessionStore.Saved;
import io.memring.client.pattern.SessionStore.Session;
import io.memring.client.pattern.WriteThrough;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Patterns of caching, by two clients that know nothing of each other. */
@Timeout(60)
final class PatternsTest {
    private static final Ttl MINUTE = Ttl.of(Duration.ofMinutes(1));

    @AutoClose private static final TestNode NODE = TestNode.start();

    @AutoClose private final TwoClients clients = new TwoClients(NODE.port());
    private final HashRing one = clients.one;
    private final HashRing two = clients.two;

    @Test
    void get_twoHundredThreadsOfTwoClients_loadOnce() {
        AtomicInteger loads = new AtomicInteger();
        CountDownLatch started = new CountDownLatch(200);
        ReadThrough<Integer, String> first =
                clients.reading(one)
                        .losers(100, Duration.ofMillis(5))
                        .build(id -> load(loads, started));
        ReadThrough<Integer, String> second =
                clients.reading(two)
                        .losers(100, Duration.ofMillis(5))
                        .build(id -> load(loads, started));
        List<CompletableFuture<Optional<String>>> gets = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            ReadThrough<Integer, String> cache = i % 2 == 0 ? first : second;
            gets.add(
                    CompletableFuture.supplyAsync(
                            () -> {
                                started.countDown();
                                return cache.get(1);
                            },
                            clients.threads));
        }

        assertThat(gets).allSatisfy(get -> assertThat(get.join()).contains("loaded"));
        assertThat(loads).hasValue(1);
    }

    /** Loads when all have asked. */
    private static String load(AtomicInteger loads, CountDownLatch started)
            throws InterruptedException {
        loads.incrementAndGet();
        started.await();
        return "loaded";
    }

    @Test
    void get_loaderFails_releasesTheLease() {
        AtomicInteger loads = new AtomicInteger();
        ReadThrough<Integer, String> cache =
                clients.reading(one)
                        .build(
                                id -> {
                                    if (loads.incrementAndGet() == 1) {
                                        throw new IllegalStateException("database is down");
                                    }
                                    return "loaded";
                                });

        assertThatThrownBy(() -> cache.get(1))
                .isInstanceOf(LoadFailedException.class)
                .hasRootCauseMessage("database is down");
        assertThat(cache.get(1)).contains("loaded");
        assertThat(cache.get(1)).contains("loaded");
        assertThat(loads).hasValue(2);
    }

    @Test
    void get_invalidatedWhileLoading_doesNotStoreTheOldValue() {
        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch invalidated = new CountDownLatch(1);
        ReadThrough<Integer, String> cache =
                clients.reading(one)
                        .build(
                                id -> {
                                    loading.countDown();
                                    invalidated.await();
                                    return "old";
                                });
        ReadThrough<Integer, String> other = clients.reading(two).build(id -> "new");
        CompletableFuture<Optional<String>> slow = cache.getAsync(1);
        await(loading);
        other.invalidate(1).join();
        assertThat(other.get(1)).contains("new");
        invalidated.countDown();

        assertThat(slow.join()).contains("old");
        assertThat(other.get(1)).contains("new");
        assertThat(one.sync().get("item:1")).contains("new");
    }

    @Test
    void markStale_value_isServedWhileOneLoads() {
        CountDownLatch mayLoad = new CountDownLatch(1);
        AtomicInteger loads = new AtomicInteger();
        ReadThrough<Integer, String> cache =
                clients.reading(one)
                        .build(
                                id -> {
                                    mayLoad.await();
                                    return "value " + loads.incrementAndGet();
                                });
        one.sync().set("item:1", "value 0", MINUTE);
        assertThat(cache.markStale(1).join()).isTrue();

        assertThat(cache.get(1)).contains("value 0");
        assertThat(cache.get(1)).contains("value 0");
        mayLoad.countDown();
        while (cache.get(1).equals(Optional.of("value 0"))) {
            Thread.onSpinWait();
        }
        assertThat(cache.get(1)).contains("value 1");
        assertThat(loads).hasValue(1);
    }

    @Test
    void markStale_notServed_waitsForTheNewValue() {
        ReadThrough<Integer, String> cache =
                clients.reading(one).stale(Duration.ofSeconds(30), false).build(id -> "new");
        one.sync().set("item:1", "old", MINUTE);
        cache.markStale(1).join();

        assertThat(cache.get(1)).contains("new");
    }

    @Test
    void negative_noValue_isRemembered() {
        AtomicInteger loads = new AtomicInteger();
        ReadThrough<Integer, String> cache =
                clients.reading(one)
                        .negative(Duration.ofMinutes(1))
                        .build(
                                id -> {
                                    loads.incrementAndGet();
                                    return null;
                                });

        assertThat(cache.get(1)).isEmpty();
        assertThat(cache.get(1)).isEmpty();
        assertThat(loads).hasValue(1);
    }

    @Test
    void refreshAhead_nearTheEnd_loadsInTheBackground() {
        AtomicInteger loads = new AtomicInteger();
        ReadThrough<Integer, String> cache =
                clients.reading(one)
                        .ttl(Duration.ofHours(1))
                        .refreshAhead(Duration.ofMinutes(2))
                        .build(id -> "value " + loads.incrementAndGet());
        one.sync().set("item:1", "value 0", MINUTE);

        assertThat(cache.get(1)).contains("value 0");
        while (cache.get(1).equals(Optional.of("value 0"))) {
            Thread.onSpinWait();
        }
        assertThat(cache.get(1)).contains("value 1");
    }

    @Test
    void getAll_someCached_loadsTheRest() {
        ReadThrough<Integer, String> cache =
                clients.reading(one).build(id -> id > 8 ? null : "v" + id);
        one.sync().set("item:3", "cached", MINUTE);
        Map<Integer, String> found = cache.getAll(List.of(1, 2, 3, 9, 1));

        assertThat(found).isEqualTo(Map.of(1, "v1", 2, "v2", 3, "cached"));
        assertThat(cache.refresh(3).join()).contains("v3");
        assertThat(one.sync().get("item:3")).contains("v3");
    }

    @Test
    void get_cacheIsDown_loadsWithoutIt() {
        try (HashRing nowhere = HashRing.builder().nodes("127.0.0.1:1").build()) {
            assertThat(clients.reading(nowhere).build(id -> "loaded").get(1)).contains("loaded");
        }
    }

    @Test
    void writeThrough_value_isInBoth() throws Exception {
        Map<Integer, String> store = new HashMap<>();
        WriteThrough<Integer, String> writing =
                WriteThrough.over(
                        one, Codecs.string(), (Integer id) -> "item:" + id, MINUTE, store::put);
        writing.put(1, "value");

        assertThat(store).containsEntry(1, "value");
        assertThat(two.sync().get("item:1")).contains("value");
    }

    @Test
    void sessions_twoSavers_oneHearsOfTheConflict() {
        SessionStore<String> sessions = sessions(Clock.systemUTC());
        assertThat(sessions.create("id", "empty")).isTrue();
        assertThat(sessions.create("id", "again")).isFalse();
        Session<String> mine = sessions.load("id").orElseThrow();
        Session<String> yours = sessions.load("id").orElseThrow();

        assertThat(sessions.save("id", mine, "mine")).isEqualTo(Saved.SAVED);
        assertThat(sessions.save("id", yours, "yours")).isEqualTo(Saved.CONFLICT);
        assertThat(sessions.changeId("id", "new")).isTrue();
        assertThat(sessions.load("id")).isEmpty();
        assertThat(sessions.load("new").orElseThrow().value()).isEqualTo("mine");
        sessions.end("new");
        assertThat(sessions.save("new", mine, "late")).isEqualTo(Saved.ENDED);
        assertThat(sessions.changeId("new", "other")).isFalse();
    }

    @Test
    void sessions_usedForTooLong_endAllTheSame() {
        SettableClock clock = new SettableClock();
        SessionStore<String> sessions = sessions(clock);
        sessions.create("id", "value");
        clock.now = clock.now.plus(Duration.ofHours(11));
        Session<String> session = sessions.load("id").orElseThrow();
        clock.now = clock.now.plus(Duration.ofHours(2));

        assertThat(sessions.save("id", session, "late")).isEqualTo(Saved.ENDED);
        assertThat(sessions.load("id")).isEmpty();
    }

    private SessionStore<String> sessions(Clock clock) {
        return new SessionStore<>(
                one, Codecs.string(), Duration.ofMinutes(30), Duration.ofHours(12), clock);
    }

    @Test
    void namespace_forgotten_hasNoItems() {
        SettableClock clock = new SettableClock();
        Namespace prices = new Namespace(one, "prices", clock);
        Namespace elsewhere = new Namespace(two, "prices", clock);
        one.sync().set(prices.key("1"), "value", MINUTE);
        assertThat(two.sync().get(elsewhere.key("1"))).contains("value");
        prices.forget();

        assertThat(one.sync().get(prices.key("1"))).isEmpty();
        clock.now = clock.now.plusSeconds(1);
        assertThat(elsewhere.key("1")).isEqualTo(prices.key("1"));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** A clock that a test moves. */
    private static final class SettableClock extends Clock {
        private Instant now = Instant.parse("2026-11-21T00:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
