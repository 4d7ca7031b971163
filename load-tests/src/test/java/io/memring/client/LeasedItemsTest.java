package io.memring.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.memring.client.Lookup.Hit;
import io.memring.client.Lookup.Miss;
import io.memring.client.Lookup.Pending;
import io.memring.client.codec.Codec;
import io.memring.client.codec.Codecs;
import io.memring.client.codec.Encoded;
import io.memring.client.ring.Node;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.List;

/** What stands for a lease is no value to whoever asks without wanting one. */
@Timeout(60)
final class LeasedItemsTest {
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Ttl MINUTE = Ttl.of(Duration.ofMinutes(1));
    private static final String LEASED = "leased";
    private static final String EMPTY = "empty";

    @AutoClose private static final TestNode NODE = TestNode.start();

    @AutoClose private final TwoClients clients = new TwoClients(NODE.port());
    private final SyncCommands<String> cache = clients.one.sync();
    private final SyncCommands<String> other = clients.two.sync();

    /** Text that another program stores, which has no client flags. */
    private static final class Flagless implements Codec<String> {
        @Override
        public Encoded encode(String value) {
            return new Encoded(0, Codecs.string().encode(value).bytes());
        }

        @Override
        public String decode(int clientFlags, byte[] bytes) {
            return Codecs.string().decode(clientFlags, bytes);
        }
    }

    private void storeEmpty(String key) {
        other.as(new Flagless()).set(key, "", MINUTE);
    }

    private Cas lease(String key) {
        Miss<String> miss = (Miss<String>) other.lookupOrLease(key, LEASE, Duration.ZERO);
        assertThat(miss.won()).isTrue();
        return miss.cas();
    }

    private NodeFigures figures() {
        return clients.one.nodes().get(0);
    }

    @Test
    void fetches_leaseOfAnother_isAMiss() {
        Cas lease = lease(LEASED);

        assertThat(cache.get(LEASED)).isEmpty();
        assertThat(cache.getAndTouch(LEASED, MINUTE)).isEmpty();
        assertThat(cache.lookup(LEASED)).isEqualTo(new Miss<>(false, lease));
        assertThat(cache.lookupAndTouch(LEASED, MINUTE)).isEqualTo(new Miss<>(false, lease));
        assertThat(cache.lookupOrLease(LEASED, LEASE, Duration.ZERO)).isInstanceOf(Pending.class);
        assertThat(figures().hits()).isZero();
        assertThat(figures().misses()).isEqualTo(5);
        assertThat(other.compareAndSet(LEASED, "value", lease, MINUTE))
                .isEqualTo(StoreResult.STORED);
        assertThat(cache.get(LEASED)).contains("value");
    }

    @Test
    void fetches_emptyValueWithoutClientFlags_isAHit() {
        storeEmpty(EMPTY);

        assertThat(cache.get(EMPTY)).contains("");
        assertThat(cache.lookup(EMPTY)).isInstanceOf(Hit.class);
        assertThat(cache.lookupOrLease(EMPTY, LEASE, Duration.ZERO)).isInstanceOf(Hit.class);
        assertThat(figures().hits()).isEqualTo(3);
    }

    @Test
    void lookup_buriedItem_isAMissThatIsWonOnce() {
        other.set(LEASED, "old", MINUTE);
        assertThat(clients.two.async().bury(LEASED, MINUTE).join()).isTrue();
        Miss<String> first = (Miss<String>) cache.lookup(LEASED);

        assertThat(first.won()).isTrue();
        assertThat(other.lookup(LEASED)).isEqualTo(new Miss<>(false, first.cas()));
        assertThat(other.get(LEASED)).isEmpty();
        assertThat(cache.compareAndSet(LEASED, "new", first.cas(), MINUTE))
                .isEqualTo(StoreResult.STORED);
    }

    @Test
    void update_leaseOfAnother_storesOverIt() {
        Cas lease = lease(LEASED);

        assertThat(cache.update(LEASED, MINUTE, value -> value == null ? "new" : value + "!"))
                .contains("new");
        assertThat(other.compareAndSet(LEASED, "loaded", lease, MINUTE))
                .isEqualTo(StoreResult.CAS_MISMATCH);
        assertThat(cache.get(LEASED)).contains("new");
    }

    /** Also the last key, of several and of few, for which the client asks in another way. */
    @Test
    void getAll_leasesOfAnother_areMisses() {
        for (List<String> keys :
                List.of(
                        List.of(LEASED, EMPTY, "full", "missing"),
                        List.of("missing", "full", EMPTY, LEASED),
                        List.of("full", "missing", LEASED, EMPTY),
                        List.of(LEASED),
                        List.of(EMPTY, LEASED))) {
            forgetAll();
            other.set("full", "value", MINUTE);
            storeEmpty(EMPTY);
            lease(LEASED);
            long hits = figures().hits();
            long replies = figures().replies();
            BulkResult<String> found = cache.getAll(keys);

            assertThat(found.isComplete()).isTrue();
            assertThat(found.misses()).contains(LEASED).doesNotContain(EMPTY, "full");
            assertThat(found.hits().containsKey(EMPTY)).isEqualTo(keys.contains(EMPTY));
            assertThat(figures().hits() - hits).isEqualTo(found.hits().size());
            assertThat(figures().replies() - replies).isEqualTo(keys.size());
        }
    }

    private void forgetAll() {
        assertThat(clients.two.admin().flushAll().isComplete()).isTrue();
    }

    @Test
    void getAll_buriedItem_isAMiss() {
        for (String key : List.of("a", "b", "c", "d")) {
            other.set(key, "value", MINUTE);
        }
        assertThat(clients.two.async().bury("b", MINUTE).join()).isTrue();

        assertThat(cache.getAll(List.of("a", "b", "c", "d")).misses()).containsExactly("b");
    }

    /** These protocols do not tell, and an empty value is not to be taken for a lease. */
    @ParameterizedTest
    @EnumSource(names = {"TEXT", "BINARY"})
    void fetches_inAnotherProtocol_showLeasesAsEmptyValues(Protocol protocol) {
        lease(LEASED);
        storeEmpty(EMPTY);
        try (HashRing client =
                HashRing.builder()
                        .node(Node.of("127.0.0.1", NODE.port()))
                        .operationTimeout(Duration.ofSeconds(20))
                        .protocol(protocol)
                        .build()) {
            assertThat(client.sync().get(EMPTY)).contains("");
            assertThat(client.sync().get(LEASED)).contains("");
            assertThat(client.sync().getAll(List.of("a", EMPTY, LEASED, "d")).hits())
                    .containsOnlyKeys(EMPTY, LEASED);
        }
    }
}
