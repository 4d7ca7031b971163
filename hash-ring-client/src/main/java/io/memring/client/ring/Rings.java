package io.memring.client.ring;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.memring.client.ring.IndexLocator.Placement;

import java.util.List;
import java.util.stream.IntStream;

/** The rings there are to choose from. */
public final class Rings {
    private Rings() {}

    /** Weighted Ketama, which most clients of most languages can be told to use. */
    public static RingFactory ketama() {
        return RingFormat.KETAMA;
    }

    /** Ketama as another client or proxy computes it. */
    public static RingFactory ketama(RingFormat format) {
        return format;
    }

    /** Rendezvous hashing; when a node leaves, its keys spread evenly over all others. */
    public static RingFactory rendezvous() {
        return nodes -> {
            Ring.checkNodes(nodes);
            long[] seeds = nodes.stream().mapToLong(Rings::seed).toArray();
            int[] weights = nodes.stream().mapToInt(Node::weight).toArray();
            return Ring.of(nodes, new RendezvousLocator(seeds, weights));
        };
    }

    private static long seed(Node node) {
        byte[] id = node.id().getBytes(UTF_8);
        return Murmur.hash64(id, 0, id.length, 0);
    }

    /** Jump consistent hashing over numbered nodes, of which only the last may leave. */
    public static RingFactory jump() {
        return numbered(IndexAlgorithm.JUMP::locate);
    }

    /** mcrouter's Ch3 over numbered nodes. */
    public static RingFactory mcrouter() {
        return numbered(IndexAlgorithm.FURC::locate);
    }

    /** The hash modulo the number of nodes, the default of old clients. */
    public static RingFactory modulo(KeyHash hash) {
        return numbered(
                (key, from, length, nodes) ->
                        Integer.remainderUnsigned(hash.hash(key, from, length), nodes));
    }

    /** The locator counts only nodes that are not draining, and knows no other weights. */
    private static RingFactory numbered(Placement placement) {
        return nodes -> Ring.of(nodes, new IndexLocator(placement, live(nodes)));
    }

    private static int[] live(List<Node> nodes) {
        Ring.checkNodes(nodes);
        return IntStream.range(0, nodes.size())
                .filter(index -> !nodes.get(index).isDraining())
                .toArray();
    }
}
