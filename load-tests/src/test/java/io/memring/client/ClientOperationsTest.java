package io.memring.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memring.client.Lookup.Absent;
import io.memring.client.Lookup.Hit;
import io.memring.client.Lookup.Miss;
import io.memring.client.Lookup.Pending;
import io.memring.client.codec.Codecs;
import io.memring.client.codec.Compression;
import io.memring.client.error.InvalidRequestException;
import io.memring.client.error.ItemTooLargeException;
import io.memring.client.error.ServerRefusedException;
import io.memring.client.ring.Node;
import io.memring.client.ring.Routing;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/** Every operation against three nodes, in all protocols. */
@Timeout(60)
final class ClientOperationsTest {
    private static final Ttl MINUTE = Ttl.of(Duration.ofMinutes(1));
    private static final Duration PATIENT = Duration.ofSeconds(20);
    private static final List<TestNode> NODES = new ArrayList<>();

    @BeforeAll
    static void startNodes() {
        for (int i = 0; i < 3; i++) {
            NODES.add(TestNode.start());
        }
    }

    @AfterAll
    static void stopNodes() {
        NODES.forEach(TestNode::close);
    }

    @BeforeEach
    void forgetItems() {
        try (HashRing client = client().build()) {
            assertThat(client.admin().flushAll().orThrow()).hasSize(3);
        }
    }

    private static HashRingBuilder client() {
        HashRingBuilder builder = HashRing.builder().operationTimeout(PATIENT).bulkTimeout(PATIENT);
        NODES.forEach(node -> builder.node(Node.of("127.0.0.1", node.port())));
        return builder;
    }

    private static HashRing client(Protocol protocol) {
        return client().protocol(protocol).build();
    }

    @ParameterizedTest
    @EnumSource
    void storing_conditions_areFollowed(Protocol protocol) {
        try (HashRing client = client(protocol)) {
            SyncCommands<String> cache = client.sync();

            assertThat(cache.get("key")).isEmpty();
            assertThat(cache.replace("key", "v", MINUTE)).isEqualTo(StoreResult.NOT_STORED);
            assertThat(cache.append("key", "v")).isEqualTo(StoreResult.NOT_STORED);
            assertThat(cache.set("key", "one", MINUTE)).isEqualTo(StoreResult.STORED);
            assertThat(cache.add("key", "two", MINUTE)).isEqualTo(StoreResult.NOT_STORED);
            assertThat(cache.append("key", "+")).isEqualTo(StoreResult.STORED);
            assertThat(cache.prepend("key", "-")).isEqualTo(StoreResult.STORED);
            assertThat(cache.get("key")).contains("-one+");
            assertThat(cache.replace("key", "", MINUTE)).isEqualTo(StoreResult.STORED);
            assertThat(cache.get("key")).contains("");
            assertThat(cache.delete("key")).isTrue();
            assertThat(cache.delete("key")).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void compareAndSet_changedItem_isAResult(Protocol protocol) {
        try (HashRing client = client(protocol)) {
            SyncCommands<String> cache = client.sync();
            cache.set("key", "one", MINUTE);
            Hit<String> hit = hit(cache.lookup("key"));

            assertThat(hit.value()).isEqualTo("one");
            assertThat(cache.compareAndSet("key", "two", hit.cas(), MINUTE))
                    .isEqualTo(StoreResult.STORED);
            assertThat(cache.compareAndSet("key", "three", hit.cas(), MINUTE))
                    .isEqualTo(StoreResult.CAS_MISMATCH);
            cache.delete("key");
            assertThat(cache.compareAndSet("key", "four", hit.cas(), MINUTE))
                    .isEqualTo(StoreResult.NOT_FOUND);
            assertThat(cache.lookup("key")).isInstanceOf(Miss.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void counters_anyNumber_count(Protocol protocol) {
        try (HashRing client = client(protocol)) {
            SyncCommands<Long> counters = client.sync(Codecs.longs());

            assertThat(counters.increment("n", 1)).isEmpty();
            counters.set("n", 10L, MINUTE);
            assertThat(counters.increment("n", 5)).hasValue(15);
            assertThat(counters.decrement("n", 100)).hasValue(0);
            assertThat(counters.increment("n", -1)).hasValue(-1);
            assertThat(counters.get("n")).contains(-1L);
            client.sync().set("text", "x", MINUTE);
            assertThatThrownBy(() -> counters.increment("text", 1))
                    .isInstanceOf(ServerRefusedException.class)
                    .hasMessageContainingAll("umeric", "increment on");
        }
    }

    @ParameterizedTest
    @EnumSource
    void touching_items_prolongsThem(Protocol protocol) {
        try (HashRing client = client(protocol)) {
            SyncCommands<String> cache = client.sync();

            assertThat(cache.touch("key", MINUTE)).isFalse();
            assertThat(cache.getAndTouch("key", MINUTE)).isEmpty();
            cache.set("key", "value", Ttl.of(Duration.ofHours(1)));
            assertThat(cache.touch("key", MINUTE)).isTrue();
            assertThat(cache.getAndTouch("key", MINUTE)).contains("value");
        }
    }

    @ParameterizedTest
    @EnumSource
    void bulk_manyKeys_reachAllNodes(Protocol protocol) {
        try (HashRing client = client(protocol)) {
            Map<String, String> values = new HashMap<>();
            IntStream.range(0, 3000).forEach(i -> values.put("key" + i, "value" + i));
            List<String> keys = new ArrayList<>(values.keySet());
            keys.add("missing");
            keys.add("a b");
            keys.add("key1");
            BulkOutcome<StoreResult> stored = client.sync().setAll(values, MINUTE);
            BulkResult<String> fetched = client.sync().getAll(keys);

            assertThat(stored.orThrow()).hasSize(3000).containsValue(StoreResult.STORED);
            assertThat(fetched.hits()).isEqualTo(values);
            assertThat(fetched.misses()).isEqualTo(Set.of("missing"));
            assertThat(fetched.failures()).hasSize(1).containsKey("a b");
            assertThat(client.admin().stats().orThrow().values())
                    .allMatch(stats -> Integer.parseInt(stats.get("curr_items")) > 500);
            BulkOutcome<Boolean> deleted = client.sync().deleteAll(values.keySet());
            assertThat(deleted.orThrow()).hasSize(3000).containsValue(true);
            assertThat(client.sync().getAll(List.of()).isComplete()).isTrue();
            assertThat(client.sync().getAll(values.keySet()).hits()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void values_ofAnySize_comeBackWhole(Protocol protocol) {
        try (HashRing client = client(protocol)) {
            SyncCommands<byte[]> cache = client.sync(Codecs.bytes());
            for (int size : new int[] {0, 1, 100, 5000, 70_000, 1_000_000}) {
                byte[] value = new byte[size];
                new java.util.Random(size).nextBytes(value);
                cache.set("key" + size, value, MINUTE);
                assertThat(cache.get("key" + size).orElseThrow()).isEqualTo(value);
            }
            assertThatThrownBy(() -> cache.set("huge", new byte[2 << 20], MINUTE))
                    .isInstanceOf(ItemTooLargeException.class);
            assertThat(cache.get("key1")).isPresent();
        }
    }

    @Test
    void update_manyThreads_losesNoChange() {
        try (HashRing client = client(Protocol.META);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            SyncCommands<Long> cache = client.sync(Codecs.longs());
            List<CompletableFuture<Void>> updates = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                updates.add(
                        CompletableFuture.runAsync(
                                () -> {
                                    for (int j = 0; j < 20; j++) {
                                        cache.update("sum", MINUTE, n -> n == null ? 1 : n + 1);
                                    }
                                },
                                threads));
            }
            updates.forEach(CompletableFuture::join);

            assertThat(cache.get("sum")).contains(160L);
            assertThat(cache.update("none", MINUTE, n -> null)).isEmpty();
        }
    }

    @Test
    void increment_withInitial_startsThere() {
        try (HashRing client = client(Protocol.META)) {
            assertThat(client.sync().increment("n", 5, 100, MINUTE)).hasValue(100);
            assertThat(client.sync().increment("n", 5, 100, MINUTE)).hasValue(105);
            assertThat(client.sync().get("n")).contains("105");
        }
    }

    @Test
    void lookupOrLease_missingItem_letsOneLoad() {
        try (HashRing client = client(Protocol.META)) {
            SyncCommands<String> cache = client.sync();
            Duration lease = Duration.ofSeconds(30);
            Miss<String> won = (Miss<String>) cache.lookupOrLease("key", lease, Duration.ZERO);

            assertThat(won.won()).isTrue();
            assertThat(cache.lookupOrLease("key", lease, Duration.ZERO))
                    .isInstanceOf(Pending.class);
            assertThat(cache.compareAndSet("key", "loaded", won.cas(), MINUTE))
                    .isEqualTo(StoreResult.STORED);
            Hit<String> hit = hit(cache.lookupOrLease("key", lease, Duration.ZERO));
            assertThat(hit.freshness()).isEqualTo(Freshness.FRESH);
            assertThat(hit.remaining()).isBetween(Duration.ofSeconds(50), Duration.ofSeconds(60));
        }
    }

    @Test
    void lookupOrLease_nearTheEnd_letsOneLoadAhead() {
        try (HashRing client = client(Protocol.META)) {
            SyncCommands<String> cache = client.sync();
            Duration lease = Duration.ofSeconds(30);
            Duration ahead = Duration.ofMinutes(2);
            cache.set("key", "value", MINUTE);

            Hit<String> first = hit(cache.lookupOrLease("key", lease, ahead));
            Hit<String> second = hit(cache.lookupOrLease("key", lease, ahead));
            assertThat(first.won()).isTrue();
            assertThat(second.won()).isFalse();
            assertThat(second.freshness()).isEqualTo(Freshness.EXPIRING);
        }
    }

    @Test
    void markStale_item_staysForOneToReplace() {
        try (HashRing client = client(Protocol.META)) {
            SyncCommands<String> cache = client.sync();
            assertThat(cache.markStale("key", MINUTE)).isFalse();
            cache.set("key", "old", MINUTE);
            Hit<String> fresh = hit(cache.lookup("key"));
            assertThat(cache.markStale("key", MINUTE)).isTrue();

            Hit<String> stale = hit(cache.lookup("key"));
            assertThat(stale.freshness()).isEqualTo(Freshness.STALE);
            assertThat(stale.won()).isTrue();
            assertThat(stale.cas()).isNotEqualTo(fresh.cas());
            assertThat(hit(cache.lookup("key")).won()).isFalse();
            assertThat(cache.compareAndDelete("key", fresh.cas())).isFalse();
            assertThat(cache.compareAndDelete("key", stale.cas())).isTrue();
        }
    }

    @Test
    void setAbsent_item_isAMissThatIsKnown() {
        try (HashRing client = client(Protocol.META)) {
            SyncCommands<String> cache = client.sync();
            cache.setAbsent("key", MINUTE);

            assertThat(cache.get("key")).isEmpty();
            assertThat(cache.lookup("key")).isInstanceOf(Absent.class);
            assertThat(cache.getAll(List.of("key")).misses()).containsExactly("key");
        }
    }

    @Test
    void oddKeys_byPolicy_work() {
        String odd = "a key with spaces " + "x".repeat(100);
        for (OddKeys policy : List.of(OddKeys.HASH, OddKeys.BASE64)) {
            try (HashRing client = client().oddKeys(policy).keyPrefix("app:").build()) {
                client.sync().set(odd, policy.name(), MINUTE);
                assertThat(client.sync().get(odd)).contains(policy.name());
                assertThat(client.sync().getAll(List.of(odd)).hits()).containsKey(odd);
            }
        }
        try (HashRing client = client(Protocol.META)) {
            assertThatThrownBy(() -> client.sync().get(odd))
                    .isInstanceOf(InvalidRequestException.class);
        }
    }

    @Test
    void routing_tags_keepKeysOnOneNode() {
        try (HashRing client = client().routing(Routing.hashTag('{', '}')).build()) {
            Node node = client.nodeFor("user:{42}");
            for (int i = 0; i < 100; i++) {
                assertThat(client.nodeFor("field" + i + ":{42}")).isEqualTo(node);
            }
            client.sync().routedBy("elsewhere").set("key", "value", MINUTE);
            assertThat(client.sync().routedBy("elsewhere").get("key")).contains("value");
        }
    }

    @Test
    void compressed_longText_isStoredSmall() {
        try (HashRing client = client(Protocol.META)) {
            SyncCommands<String> cache =
                    client.sync(Codecs.compressed(Codecs.string(), Compression.DEFLATE, 100));
            String text = "abc".repeat(10_000);
            cache.set("key", text, MINUTE);

            assertThat(cache.get("key")).contains(text);
            assertThat(client.sync(Codecs.bytes()).as(Codecs.bytes()).async())
                    .isInstanceOf(AsyncCommands.class);
        }
    }

    @Test
    void quiet_changes_happen() {
        try (HashRing client = client(Protocol.META)) {
            QuietCommands<String> quiet = client.quiet(Codecs.string());
            quiet.set("key", "value", MINUTE);
            quiet.touch("key", MINUTE);
            // In the same order on the same connection.
            assertThat(client.sync().get("key")).contains("value");
            quiet.delete("key");
            assertThat(client.sync().get("key")).isEmpty();
        }
    }

    @Test
    void admin_versions_areOfEachNode() {
        try (HashRing client = client(Protocol.META)) {
            assertThat(client.admin().versions().orThrow()).hasSize(3).containsValue("1.6.45");
        }
    }

    @Test
    void connectionsPerNode_several_shareTheWork() {
        try (HashRing client = client().connectionsPerNode(3).ioThreads(2).build()) {
            List<CompletableFuture<StoreResult>> sets = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                sets.add(client.async().set("key" + i, "value" + i, MINUTE));
            }
            sets.forEach(CompletableFuture::join);
            for (int i = 0; i < 1000; i++) {
                assertThat(client.sync().get("key" + i)).isEqualTo(Optional.of("value" + i));
            }
        }
    }

    @Test
    void useNodes_oneLeaves_movesOnlyItsKeys() {
        List<RingChange> changes = new ArrayList<>();
        ClientListener listener =
                new ClientListener() {
                    @Override
                    public void ringChanged(RingChange change) {
                        changes.add(change);
                    }
                };
        try (HashRing client = client().listener(listener).build()) {
            List<Node> nodes = client.ring().nodes();
            IntStream.range(0, 300).forEach(i -> client.sync().set("key" + i, "v", MINUTE));
            List<Node> owners =
                    IntStream.range(0, 300).mapToObj(i -> client.nodeFor("key" + i)).toList();
            client.useNodes(nodes.subList(0, 2));
            client.useNodes(nodes.subList(0, 2));

            assertThat(changes).hasSize(1);
            assertThat(changes.get(0).movedFraction()).isBetween(0.2, 0.5);
            for (int i = 0; i < 300; i++) {
                boolean gone = owners.get(i).equals(nodes.get(2));
                assertThat(client.sync().get("key" + i).isEmpty()).isEqualTo(gone);
            }
        }
    }

    private static Hit<String> hit(Lookup<String> lookup) {
        assertThat(lookup).isInstanceOf(Hit.class);
        return (Hit<String>) lookup;
    }
}
