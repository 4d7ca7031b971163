package io.memring.client.ring;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;

/** Placements that other clients are known to compute. */
final class RingVectorsTest {
    private static final int[] WEIGHTS = {600, 300, 200, 350, 1000, 800, 950, 100};
    private static final String[] KEYS = {"key1", "key2", "key3", "foo", "bar"};

    @Test
    void libketama_eightWeights_sameDigestsPerNode() {
        List<Node> nodes = weighted(11211);
        PointRing ring = new PointRing(RingFormat.LIBKETAMA, nodes);

        assertThat(ring.size()).isEqualTo(1264);
        assertThat(ring.pointsByNode()).containsExactly(176, 88, 56, 104, 296, 236, 280, 28);
        assertThat(Integer.toUnsignedString(hash("test"))).isEqualTo("3446378249");
    }

    @Test
    void libketama_millionKeys_sameChecksum() throws NoSuchAlgorithmException {
        PointRing ring = new PointRing(RingFormat.LIBKETAMA, weighted(11211));
        MessageDigest md5 = MessageDigest.getInstance("MD5");
        md5.update((byte) '\n');
        for (int i = 0; i < 1_000_000; i++) {
            int hash = hash(Integer.toString(i));
            int point = ring.pointFor(hash);
            String line =
                    Integer.toUnsignedString(hash)
                            + ' '
                            + Integer.toUnsignedString(ring.hashAt(point))
                            + ' '
                            + ring.ownerAt(point).address()
                            + '\n';
            md5.update(line.getBytes(US_ASCII));
        }

        assertThat(HexFormat.of().formatHex(md5.digest()))
                .isEqualTo("5672b131391f5aa2b280936aec1eea74");
    }

    @Test
    void libketama_twoWeights_samePoint() {
        List<Node> nodes =
                List.of(Node.parse("127.0.0.1:11211*600"), Node.parse("127.0.0.1:11212*400"));
        PointRing ring = new PointRing(RingFormat.LIBKETAMA, nodes);
        int point = ring.pointFor(hash("test"));

        assertThat(ring.size()).isEqualTo(320);
        assertThat(Integer.toUnsignedString(ring.hashAt(point))).isEqualTo("3454255383");
        assertThat(ring.ownerAt(point)).isEqualTo(nodes.get(0));
    }

    @ParameterizedTest
    @CsvSource({
        "SVa_]_V41), 443691461, 445379617, 10.0.1.7",
        "*/Z;?V(.\\8, 1422915503, 1428303028, 10.0.1.1",
        "30C1*Z*S/_, 1473165754, 1480075959, 10.0.1.2",
        "VDEAAAAA, 4294758837, 2148620, 10.0.1.3",
    })
    void ketama_libmemcachedsFixture_samePointAndNode(
            String key, String keyHash, String point, String host) {
        PointRing ring = new PointRing(RingFormat.KETAMA, weighted(11211));
        int found = ring.pointFor(hash(key));

        assertThat(Integer.toUnsignedString(hash(key))).isEqualTo(keyHash);
        assertThat(Integer.toUnsignedString(ring.hashAt(found))).isEqualTo(point);
        assertThat(ring.ownerAt(found).host()).isEqualTo(host);
        assertThat(RingFormat.KETAMA.build(weighted(11211)).nodeFor(key).host()).isEqualTo(host);
    }

    @ParameterizedTest
    @CsvSource({
        "SVa_]_V41), 10.0.1.2",
        "*/Z;?V(.\\8, 10.0.1.4",
        "30C1*Z*S/_, 10.0.1.2",
        "ERR:EC58G>, 10.0.1.7",
    })
    void libmemcachedSpy_fixture_sameNode(String key, String host) {
        Ring ring = RingFormat.LIBMEMCACHED_SPY.build(equal(8, 11211));

        assertThat(ring.nodeFor(key).host()).isEqualTo(host);
    }

    @ParameterizedTest
    @CsvSource({
        "SPYMEMCACHED, 4294887009",
        "ELASTICACHE, 4294168717",
    })
    void spyFormats_fourNodes_sameMaximum(RingFormat format, String maximum) {
        PointRing ring = new PointRing(format, local(4));

        assertThat(Integer.toUnsignedString(ring.hashAt(ring.size() - 1))).isEqualTo(maximum);
    }

    @ParameterizedTest
    @CsvSource({
        "SPYMEMCACHED, 4, dustin, 0",
        "SPYMEMCACHED, 4, noelani, 2",
        "SPYMEMCACHED, 4, some other key, 0",
        "SPYMEMCACHED, 4, V5XS8C8N, 3",
        "SPYMEMCACHED, 4, 8KR2DKR2, 3",
        "SPYMEMCACHED, 4, L9KH6X4X, 3",
        "SPYMEMCACHED, 5, 36, 2",
        "SPYMEMCACHED, 5, 10037, 3",
        "SPYMEMCACHED, 5, 22051, 1",
        "SPYMEMCACHED, 5, 49044, 4",
        "ELASTICACHE, 4, dustin, 1",
        "ELASTICACHE, 4, noelani, 2",
        "ELASTICACHE, 4, some other key, 1",
        "ELASTICACHE, 5, 36, 1",
        "ELASTICACHE, 5, 10037, 1",
        "ELASTICACHE, 5, 22051, 0",
        "ELASTICACHE, 5, 49044, 3",
    })
    void spyFormats_localNodes_sameNode(RingFormat format, int nodes, String key, int node) {
        assertThat(index(format.build(local(nodes)), key)).isEqualTo(node);
    }

    /** What spymemcached tries for a key, one after another, where nothing answers. */
    @ParameterizedTest
    @CsvSource({"dustin, 0 2 1 2 3 2 0", "noelani, 2 1 1 3 2 2 3"})
    void spymemcached_nodesDown_sameNodesAreTried(String key, String expected) {
        List<String> tried = new ArrayList<>();
        byte[] text = key.getBytes(US_ASCII);
        int found =
                RingFormat.SPYMEMCACHED
                        .build(local(4))
                        .indexFor(text, 0, text.length, node -> !tried.add("" + node));

        assertThat(found).isEqualTo(NodeLocator.NONE);
        assertThat(String.join(" ", tried)).startsWith(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "SPYMEMCACHED, 137470, 2",
        "SPYMEMCACHED, 137703, 3",
        "SPYMEMCACHED, 137936, 1",
        "SPYMEMCACHED, 138169, 6",
        "ELASTICACHE, 137470, 3",
        "ELASTICACHE, 137703, 8",
        "ELASTICACHE, 137936, 2",
    })
    void spyFormats_eightNodes_sameNode(RingFormat format, String key, int lastByte) {
        assertThat(format.build(equal(8, 11211)).nodeFor(key).host())
                .isEqualTo("10.0.1." + lastByte);
    }

    @ParameterizedTest
    @CsvSource({
        "XMEMCACHED, localhost/127.0.0.1:, 2, 0, 1",
        "XMEMCACHED_GWHALIN, localhost:, 1, 2, 0"
    })
    void xmemcached_threeNodes_sameNode(RingFormat format, String prefix, int a1, int a2, int a3) {
        List<Node> nodes =
                IntStream.range(8080, 8083)
                        .mapToObj(port -> Node.of("localhost", port).named(prefix + port))
                        .toList();
        Ring ring = format.build(nodes);

        assertThat(index(ring, "a1")).isEqualTo(a1);
        assertThat(index(ring, "a2")).isEqualTo(a2);
        assertThat(index(ring, "a3")).isEqualTo(a3);
    }

    @ParameterizedTest
    @CsvSource({
        "KETAMA, 0 1 0 2 4",
        "LIBMEMCACHED_CONSISTENT, 2 1 2 2 7",
        "SPYMEMCACHED, 6 6 7 1 5",
        "LIBKETAMA, 6 6 7 1 5",
        "FOLSOM, 0 4 5 7 2",
        "CRC_32_CHAIN, 0 3 1 3 3",
    })
    void formats_eightEqualNodes_sameNodes(RingFormat format, String expected) {
        assertThat(indices(format.build(equal(8, 11211)))).isEqualTo(expected);
    }

    @Test
    void libmemcachedConsistent_md5_sameNodes() {
        RingFactory format = RingFormat.LIBMEMCACHED_CONSISTENT.hashedBy(KeyHash.MD5);

        assertThat(indices(format.build(equal(8, 11211)))).isEqualTo("5 2 0 5 4");
    }

    @Test
    void ketama_otherPorts_sameNodes() {
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            nodes.add(Node.of("10.0.1." + (i + 1), 11212 + i));
        }

        assertThat(indices(RingFormat.KETAMA.build(nodes))).isEqualTo("4 3 7 7 6");
    }

    @ParameterizedTest
    @CsvSource({"KETAMA, 0 1 5 7 4", "LIBMEMCACHED_CONSISTENT, 3 4 7 3 6"})
    void libmemcached_weights_sameNodes(RingFormat format, String expected) {
        assertThat(indices(format.build(weighted(11211)))).isEqualTo(expected);
    }

    @Test
    void crc32Chain_eightNodes_sameMaximum() {
        PointRing ring = new PointRing(RingFormat.CRC_32_CHAIN, equal(8, 11211));

        assertThat(Integer.toUnsignedString(ring.hashAt(ring.size() - 1))).isEqualTo("4290152272");
    }

    @Test
    void mcrouter_eightNodes_sameNodes() {
        assertThat(indices(Rings.mcrouter().build(equal(8, 11211)))).isEqualTo("2 4 5 1 0");
    }

    @Test
    void ketama_twentyFiveEqualNodes_roundsDownLikeLibmemcached() {
        assertThat(new PointRing(RingFormat.KETAMA, equal(25, 11211)).pointsByNode())
                .containsOnly(156);
        assertThat(new PointRing(RingFormat.LIBKETAMA, equal(25, 11211)).pointsByNode())
                .containsOnly(160);
        assertThat(new PointRing(RingFormat.SPYMEMCACHED, equal(25, 11211)).pointsByNode())
                .containsOnly(160);
    }

    private static int hash(String key) {
        byte[] text = key.getBytes(US_ASCII);
        return KeyHash.MD5.hash(text, 0, text.length);
    }

    private static int index(Ring ring, String key) {
        return ring.nodes().indexOf(ring.nodeFor(key));
    }

    private static String indices(Ring ring) {
        List<String> indices = new ArrayList<>();
        for (String key : KEYS) {
            indices.add(Integer.toString(index(ring, key)));
        }
        return String.join(" ", indices);
    }

    private static List<Node> equal(int count, int port) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> Node.of("10.0.1." + i, port)).toList();
    }

    private static List<Node> weighted(int port) {
        return IntStream.range(0, WEIGHTS.length)
                .mapToObj(i -> Node.of("10.0.1." + (i + 1), port).weighing(WEIGHTS[i]))
                .toList();
    }

    private static List<Node> local(int count) {
        return IntStream.range(0, count).mapToObj(i -> Node.of("127.0.0.1", 10000 + i)).toList();
    }
}
