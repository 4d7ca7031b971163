package io.memring.client.ring;

import java.util.List;

/** The points of a ring, for tests that know them. */
final class PointRing {
    private final Ring ring;
    private final PointLocator locator;

    PointRing(RingFactory format, List<Node> nodes) {
        ring = format.build(nodes);
        locator = (PointLocator) ring.locator();
    }

    int size() {
        return locator.size();
    }

    int pointFor(int hash) {
        return locator.pointFor(hash);
    }

    int hashAt(int point) {
        return locator.hashAt(point);
    }

    Node ownerAt(int point) {
        return ring.nodes().get(locator.ownerAt(point));
    }

    int[] pointsByNode() {
        int[] points = new int[ring.nodes().size()];
        for (int i = 0; i < size(); i++) {
            points[locator.ownerAt(i)]++;
        }
        return points;
    }
}
