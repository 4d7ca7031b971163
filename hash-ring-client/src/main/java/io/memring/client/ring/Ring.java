package io.memring.client.ring;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * Nodes, and which of them each key belongs to. A ring never changes; when nodes come and go, a new
 * one takes its place.
 *
 * <pre>{@code
 * Ring ring = Rings.ketama().build(List.of(Node.parse("cache-a"), Node.parse("cache-b")));
 * Node owner = ring.nodeFor("session:42");
 * }</pre>
 */
public final class Ring {

    /** Keys that are placed to compare rings, enough to see one point of 2,500 differ. */
    private static final int FINGERPRINT_KEYS = 4096;

    private static final int SAMPLE_KEYS = 100_000;

    private final List<Node> nodes;
    private final NodeLocator locator;

    private Ring(List<Node> nodes, NodeLocator locator) {
        this.nodes = nodes;
        this.locator = locator;
    }

    /** A ring by an algorithm of your own, which returns indices into {@code nodes}. */
    public static Ring of(List<Node> nodes, NodeLocator locator) {
        checkNodes(nodes);
        return new Ring(List.copyOf(nodes), locator);
    }

    static void checkNodes(List<Node> nodes) {
        if (nodes.stream().allMatch(Node::isDraining)) {
            throw new IllegalArgumentException("a ring needs a node with a weight: nodes=" + nodes);
        }
        Set<String> ids = new HashSet<>();
        for (Node node : nodes) {
            if (!ids.add(node.id())) {
                throw new IllegalArgumentException("a node is named twice: id=" + node.id());
            }
        }
    }

    /** All nodes in the order in which they were given, draining ones among them. */
    public List<Node> nodes() {
        return nodes;
    }

    /** The node that owns a key. */
    public Node nodeFor(String routingKey) {
        byte[] key = routingKey.getBytes(UTF_8);
        return nodes.get(indexFor(key, 0, key.length));
    }

    /** The index among {@link #nodes()} of the node that owns a key; allocates nothing. */
    public int indexFor(byte[] key, int from, int length) {
        return locator.locate(key, from, length);
    }

    /**
     * The index of the first usable node in a key's order of preference, or {@link
     * NodeLocator#NONE}. Keys whose owner is usable stay where they are.
     */
    public int indexFor(byte[] key, int from, int length, IntPredicate usable) {
        return locator.locate(key, from, length, usable);
    }

    /** The algorithm. */
    NodeLocator locator() {
        return locator;
    }

    /** All nodes with a weight in the order in which they would be tried for a key. */
    public List<Node> preferred(String routingKey) {
        byte[] key = routingKey.getBytes(UTF_8);
        List<Node> preferred = new ArrayList<>();
        BitSet seen = new BitSet();
        int next = indexFor(key, 0, key.length);
        while (next != NodeLocator.NONE) {
            seen.set(next);
            preferred.add(nodes.get(next));
            next = indexFor(key, 0, key.length, index -> !seen.get(index));
        }
        return preferred;
    }

    /**
     * Sixteen hexadecimal digits that are the same for clients that place keys alike. Compare them
     * when two processes should share a cache.
     */
    public String fingerprint() {
        long hash = nodes.size();
        for (int i = 0; i < FINGERPRINT_KEYS; i++) {
            byte[] owner = nodeFor(Integer.toString(i)).id().getBytes(UTF_8);
            hash = Murmur.hash64(owner, 0, owner.length, hash);
        }
        return String.format("%016x", hash);
    }

    /** The share of keys of each node, from 0 to 1, estimated from a sample of keys. */
    public double[] shares() {
        int[] keys = new int[nodes.size()];
        for (int i = 0; i < SAMPLE_KEYS; i++) {
            byte[] key = sampleKey(i);
            keys[indexFor(key, 0, key.length)]++;
        }
        double[] shares = new double[keys.length];
        for (int i = 0; i < shares.length; i++) {
            shares[i] = keys[i] / (double) SAMPLE_KEYS;
        }
        return shares;
    }

    /** The share of keys that another ring puts elsewhere, from 0 to 1, estimated by sampling. */
    public double movedFraction(Ring other) {
        int moved = 0;
        for (int i = 0; i < SAMPLE_KEYS; i++) {
            byte[] key = sampleKey(i);
            Node here = nodes.get(indexFor(key, 0, key.length));
            Node there = other.nodes.get(other.indexFor(key, 0, key.length));
            moved += here.id().equals(there.id()) ? 0 : 1;
        }
        return moved / (double) SAMPLE_KEYS;
    }

    private static byte[] sampleKey(int number) {
        return ("sample:" + number).getBytes(UTF_8);
    }

    @Override
    public String toString() {
        return "Ring" + nodes;
    }
}
