package io.memring.client.ring;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Everything that distinguishes one kind of point ring from another.
 *
 * @param naming how a node is called
 * @param plain the points of nodes as long as all weigh 1
 * @param weighted the points of nodes once one weighs more
 * @param keyHash how keys are hashed
 * @param tieRule who gets a point that several nodes claim
 * @param order the order of points
 * @param detour where keys go whose owner is not usable
 */
record RingSpec(
        NodeNaming naming,
        Points plain,
        Points weighted,
        KeyHash keyHash,
        TieRule tieRule,
        SearchOrder order,
        Detour detour)
        implements RingFactory {

    /** Where points come from and how many there are for each node. */
    record Points(PointSource source, int perNode, WeightRule rule) {}

    /** A claim of a node to a point. */
    private record Claim(int point, int node, String name) {}

    /** As most: the same points whatever the weights, in unsigned order, and no detours. */
    static RingSpec of(NodeNaming naming, Points points, KeyHash keyHash, TieRule tieRule) {
        return new RingSpec(
                naming, points, points, keyHash, tieRule, SearchOrder.UNSIGNED, Detour.NONE);
    }

    RingSpec searched(SearchOrder newOrder) {
        return new RingSpec(naming, plain, weighted, keyHash, tieRule, newOrder, detour);
    }

    RingSpec with(Detour newDetour) {
        return new RingSpec(naming, plain, weighted, keyHash, tieRule, order, newDetour);
    }

    RingSpec hashedBy(KeyHash newKeyHash) {
        return new RingSpec(naming, plain, weighted, newKeyHash, tieRule, order, detour);
    }

    RingSpec withPoints(int perNode) {
        return new RingSpec(
                naming,
                resized(plain, perNode),
                resized(weighted, perNode),
                keyHash,
                tieRule,
                order,
                detour);
    }

    private static Points resized(Points points, int perNode) {
        return new Points(points.source, perNode, points.rule);
    }

    @Override
    public Ring build(List<Node> nodes) {
        Ring.checkNodes(nodes);
        Claim[] claims = claims(nodes);
        int mask = order.mask;
        // The sort is stable: of equal points the one that was claimed first stays in front.
        Arrays.sort(claims, Comparator.comparingInt(claim -> claim.point ^ mask));
        int[] points = new int[claims.length];
        int[] owners = new int[claims.length];
        int size = 0;
        for (int i = 0; i < claims.length; ) {
            int end = i + 1;
            while (end < claims.length && claims[end].point == claims[i].point) {
                end++;
            }
            points[size] = claims[i].point ^ mask;
            owners[size++] = winner(claims, i, end);
            i = end;
        }
        return Ring.of(
                nodes,
                new PointLocator(
                        new PointLocator.Hashing(
                                keyHash, detour.firstNumber, detour.tries(nodes.size())),
                        mask,
                        Arrays.copyOf(points, size),
                        Arrays.copyOf(owners, size)));
    }

    private Claim[] claims(List<Node> nodes) {
        boolean equal = nodes.stream().allMatch(node -> node.weight() <= 1);
        Points source = equal ? plain : weighted;
        long totalWeight = nodes.stream().mapToLong(Node::weight).sum();
        int liveNodes = (int) nodes.stream().filter(node -> !node.isDraining()).count();
        Claim[][] claims = new Claim[nodes.size()][];
        for (int i = 0; i < claims.length; i++) {
            Node node = nodes.get(i);
            WeightRule.Share share = new WeightRule.Share(node.weight(), totalWeight, liveNodes);
            claims[i] = node.isDraining() ? new Claim[0] : claims(node, i, source, share);
        }
        return Arrays.stream(claims).flatMap(Arrays::stream).toArray(Claim[]::new);
    }

    private Claim[] claims(Node node, int index, Points source, WeightRule.Share share) {
        String name = naming.nameOf(node);
        int count = source.rule.points(source.perNode, share);
        int[] points = source.source.points(node, name, count, keyHash);
        return Arrays.stream(points)
                .mapToObj(point -> new Claim(point, index, name))
                .toArray(Claim[]::new);
    }

    private int winner(Claim[] claims, int from, int end) {
        return switch (tieRule) {
            case FIRST_NODE -> claims[from].node;
            case LAST_NODE -> claims[end - 1].node;
            case POINT_PICKS -> {
                Claim[] byName = Arrays.copyOfRange(claims, from, end);
                Arrays.sort(byName, Comparator.comparing(Claim::name));
                yield byName[Integer.remainderUnsigned(byName[0].point, byName.length)].node;
            }
        };
    }
}
