package io.memring.client.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.ThreadMXBean;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What holds for rings of every kind. */
@Tag("any-jvm")
final class RingTest {
    private static final int KEYS = 2_000;
    private static final int KEYS_TO_MEASURE = 20_000;

    static Stream<RingFactory> everyRing() {
        return Stream.concat(
                Stream.of(RingFormat.values()),
                Stream.of(
                        Rings.rendezvous(),
                        Rings.jump(),
                        Rings.mcrouter(),
                        Rings.modulo(KeyHash.STRING_HASH_CODE)));
    }

    @ParameterizedTest
    @MethodSource("everyRing")
    void nodeFor_manyKeys_useEveryNode(RingFactory factory) {
        Ring ring = factory.build(nodes(5));

        for (Node node : ring.nodes()) {
            assertThat(keysOf(node, ring)).isBetween(KEYS / 10L, KEYS * 4 / 10L);
        }
    }

    private static long keysOf(Node node, Ring ring) {
        return IntStream.range(0, KEYS).filter(i -> ring.nodeFor("key" + i).equals(node)).count();
    }

    @ParameterizedTest
    @MethodSource("everyRing")
    void nodeFor_drainingNode_ownsNothing(RingFactory factory) {
        List<Node> nodes = new ArrayList<>(nodes(4));
        nodes.set(2, nodes.get(2).weighing(0));
        Ring ring = factory.build(nodes);

        assertThat(keysOf(nodes.get(2), ring)).isZero();
        assertThat(ring.nodes()).hasSize(4);
        assertThat(ring.preferred("key")).hasSize(3).doesNotContain(nodes.get(2));
    }

    @ParameterizedTest
    @MethodSource("everyRing")
    void indexFor_nodeOut_movesOnlyItsKeys(RingFactory factory) {
        Ring ring = factory.build(nodes(5));
        int out = 3;
        for (int i = 0; i < KEYS; i++) {
            byte[] key = ("key" + i).getBytes(UTF_8);
            int owner = ring.indexFor(key, 0, key.length);
            int usable = ring.indexFor(key, 0, key.length, index -> index != out);
            assertThat(usable).isNotEqualTo(out);
            if (owner != out) {
                assertThat(usable).isEqualTo(owner);
            }
        }
        assertThat(ring.indexFor(new byte[] {'k'}, 0, 1, index -> false))
                .isEqualTo(NodeLocator.NONE);
    }

    @ParameterizedTest
    @MethodSource("everyRing")
    void preferred_anyKey_namesEachNodeOnce(RingFactory factory) {
        Ring ring = factory.build(nodes(7));

        assertThat(ring.preferred("some key"))
                .containsExactlyInAnyOrderElementsOf(ring.nodes())
                .startsWith(ring.nodeFor("some key"));
    }

    @Test
    void movedFraction_oneOfTenLeaves_isItsShare() {
        Ring ten = Rings.ketama().build(nodes(10));
        Ring nine = Rings.ketama().build(nodes(10).subList(0, 9));

        assertThat(ten.movedFraction(nine)).isCloseTo(ten.shares()[9], within(1e-9));
        assertThat(ten.movedFraction(ten)).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = RingFormat.class,
            names = {"KETAMA", "XMEMCACHED", "TWEMPROXY", "LIBKETAMA", "CRC_32_CHAIN"})
    void weights_twoToOne_ownTwiceAsMuch(RingFormat format) {
        List<Node> nodes = new ArrayList<>(nodes(6));
        nodes.replaceAll(node -> node.weighing(node.host().endsWith("1") ? 2 : 1));

        assertThat(format.build(nodes).shares()[0]).isBetween(0.2, 0.4);
    }

    @Test
    void rendezvous_weights_areFollowedClosely() {
        List<Node> nodes = List.of(Node.parse("a*3"), Node.parse("b*1"));

        assertThat(Rings.rendezvous().build(nodes).shares()[0]).isCloseTo(0.75, within(0.01));
    }

    @Test
    void name_explicit_survivesAChangeOfHost() {
        List<Node> before = List.of(Node.parse("one@10.0.0.1"), Node.parse("two@10.0.0.2"));
        List<Node> after = List.of(Node.parse("one@10.9.9.9:12000"), Node.parse("two@10.0.0.2"));
        Ring ring = Rings.ketama().build(before);

        assertThat(ring.movedFraction(Rings.ketama().build(after))).isZero();
        assertThat(ring.fingerprint()).isEqualTo(Rings.ketama().build(after).fingerprint());
    }

    @Test
    void fingerprint_otherFormat_differs() {
        assertThat(RingFormat.KETAMA.build(nodes(3)).fingerprint())
                .hasSize(16)
                .isNotEqualTo(RingFormat.LIBKETAMA.build(nodes(3)).fingerprint());
    }

    @Test
    void withPoints_more_balancesBetter() {
        assertThat(fullest(RingFormat.KETAMA.withPoints(1600).build(nodes(32))))
                .isLessThan(fullest(RingFormat.KETAMA.build(nodes(32))));
        assertThatThrownBy(() -> RingFormat.KETAMA.withPoints(3))
                .hasMessageContaining("pointsPerNode=3");
    }

    private static double fullest(Ring ring) {
        return java.util.Arrays.stream(ring.shares()).max().orElseThrow();
    }

    @Test
    void indexFor_ketama_allocatesNothing() {
        Ring ring = Rings.ketama().build(nodes(16));
        byte[] key = "some:key:of:usual:length".getBytes(UTF_8);
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int sum = 0;
        for (int i = 0; i < KEYS_TO_MEASURE; i++) {
            sum += ring.indexFor(key, 0, key.length);
        }
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < KEYS_TO_MEASURE; i++) {
            sum += ring.indexFor(key, 0, key.length);
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(sum).isEqualTo(2 * KEYS_TO_MEASURE * ring.indexFor(key, 0, key.length));
        assertThat(allocated).isLessThan(KEYS_TO_MEASURE);
    }

    @Test
    void build_badNodes_areRefused() {
        assertThatThrownBy(() -> Rings.ketama().build(List.of()))
                .hasMessageContaining("needs a node");
        assertThatThrownBy(() -> Rings.ketama().build(List.of(Node.parse("a*0"))))
                .hasMessageContaining("needs a node");
        assertThatThrownBy(() -> Rings.jump().build(List.of(Node.parse("a"), Node.parse("a"))))
                .hasMessageContaining("id=a:11211");
    }

    @Test
    void build_resolvedNamesWanted_saysHowToGiveThem() {
        assertThatThrownBy(() -> RingFormat.SPYMEMCACHED.build(List.of(Node.parse("cache-a"))))
                .hasMessageContaining("cache-a/10.0.0.7:11211");
        assertThat(RingFormat.SPYMEMCACHED.naming().nameOf(Node.parse("[::1]")))
                .isEqualTo("[::1]:11211");
    }

    @Test
    void routing_tag_keepsKeysTogether() {
        Routing tag = Routing.hashTag('{', '}');

        assertThat(routed(tag, "user:{42}:name")).isEqualTo("42");
        assertThat(routed(tag, "user:{}:name")).isEqualTo("user:{}:name");
        assertThat(routed(tag, "user:{42")).isEqualTo("user:{42");
        assertThat(routed(tag, "}{a}{b}")).isEqualTo("a");
        assertThat(routed(tag, "plain")).isEqualTo("plain");
        assertThat(routed(Routing.wholeKey(), "a{b}")).isEqualTo("a{b}");
    }

    @Test
    void routing_prefix_isLeftOut() {
        Routing routing = Routing.withoutPrefix("app1:");

        assertThat(routed(routing, "app1:key")).isEqualTo("key");
        assertThat(routed(routing, "app1:")).isEqualTo("app1:");
        assertThat(routed(routing, "other")).isEqualTo("other");
    }

    private static String routed(Routing routing, String key) {
        byte[] bytes = key.getBytes(UTF_8);
        long part = routing.part(bytes);
        return new String(bytes, (int) (part >>> 32), (int) part, UTF_8);
    }

    private static List<Node> nodes(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> Node.of("10.0.1." + i, 11211))
                .toList();
    }
}
