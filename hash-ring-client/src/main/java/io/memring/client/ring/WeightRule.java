package io.memring.client.ring;

/**
 * How many points a node gets for its weight. The roundings differ between clients and decide over
 * whole digests, even among nodes of equal weight: of 25 of them, each gets 39 digests by one rule
 * and 40 by the next.
 */
enum WeightRule {
    /** Weights change nothing. */
    NONE {
        @Override
        int points(int pointsPerNode, Share share) {
            return pointsPerNode;
        }
    },
    /** Points times weight, whatever the others weigh. */
    LINEAR {
        @Override
        int points(int pointsPerNode, Share share) {
            return Math.multiplyExact(pointsPerNode, share.weight());
        }
    },
    /** Digests by share of the total, the product of a float and doubles. */
    LIBKETAMA {
        @Override
        int points(int pointsPerNode, Share share) {
            double perNode = Math.floorDiv(pointsPerNode, WORDS);
            double digests = share.part() * perNode * share.liveNodes();
            return WORDS * (int) Math.floor((float) digests);
        }
    },
    /** Digests by share of the total, all in float. */
    LIBMEMCACHED {
        @Override
        int points(int pointsPerNode, Share share) {
            return WORDS * (int) Math.floor(product(pointsPerNode, share) + 1e-10f);
        }
    },
    /** Digests by share of the total: a product of floats, rounded up a little as a double. */
    TWEMPROXY {
        @Override
        int points(int pointsPerNode, Share share) {
            return WORDS * (int) Math.floor((float) (product(pointsPerNode, share) + 1e-10));
        }
    };

    private static final int WORDS = PointSource.WORDS;

    /** A node's weight among those of all nodes that have one. */
    record Share(int weight, long totalWeight, int liveNodes) {
        float part() {
            return (float) weight / (float) totalWeight;
        }
    }

    /** The number of points of a node. */
    abstract int points(int pointsPerNode, Share share);

    private static float product(int pointsPerNode, Share share) {
        return share.part() * pointsPerNode / WORDS * (float) share.liveNodes();
    }
}
