package io.memring.client.ring;

import io.memring.client.ring.RingSpec.Points;

import java.util.List;

/**
 * The rings of other memcached clients and proxies, point for point. Choose the one that the other
 * clients of the same nodes use. A new deployment takes {@link #KETAMA}.
 *
 * <p>A node that should keep its points when its host changes, or whose format wants a resolved
 * address, gets an explicit {@linkplain Node#named name}, which each format then takes as it is.
 */
public enum RingFormat implements RingFactory {
    /**
     * libmemcached's weighted Ketama, the default: PHP's {@code OPT_LIBKETAMA_COMPATIBLE},
     * pylibmc's {@code ketama_weighted}, twemproxy's {@code distribution: ketama} with {@code hash:
     * md5}.
     */
    KETAMA(
            NodeNaming.HOST_UNLESS_DEFAULT_PORT,
            new Points(PointSource.MD5_QUADS, 160, WeightRule.LIBMEMCACHED),
            KeyHash.MD5,
            TieRule.FIRST_NODE),
    /** Richard Jones' original library. */
    LIBKETAMA(
            NodeNaming.HOST_PORT,
            new Points(PointSource.MD5_QUADS, 160, WeightRule.LIBKETAMA),
            KeyHash.MD5,
            TieRule.FIRST_NODE),
    /**
     * libmemcached's {@code BEHAVIOR_KETAMA} and pylibmc's {@code ketama}: in spite of the name,
     * one hundred points by the base hash. With a weight above 1 libmemcached silently takes the
     * points of {@link #KETAMA} instead and keeps the hash of keys.
     */
    LIBMEMCACHED_CONSISTENT(
            new RingSpec(
                    NodeNaming.HOST_UNLESS_DEFAULT_PORT,
                    new Points(PointSource.KEY_HASH, 100, WeightRule.NONE),
                    new Points(PointSource.MD5_QUADS, 160, WeightRule.LIBMEMCACHED),
                    KeyHash.ONE_AT_A_TIME,
                    TieRule.FIRST_NODE,
                    SearchOrder.UNSIGNED,
                    Detour.NONE)),
    /** libmemcached's {@code DISTRIBUTION_CONSISTENT_KETAMA_SPY} with weights. */
    LIBMEMCACHED_SPY(
            NodeNaming.SLASH_HOST_PORT,
            new Points(PointSource.MD5_QUADS, 160, WeightRule.LIBMEMCACHED),
            KeyHash.MD5,
            TieRule.FIRST_NODE),
    /** spymemcached's {@code Locator.CONSISTENT} with {@code KETAMA_HASH}, in its own format. */
    SPYMEMCACHED(spy(NodeNaming.SOCKET_ADDRESS, PointSource.MD5_QUADS, KeyHash.MD5)),
    /** spymemcached's {@code Format.LIBMEMCACHED}. */
    SPYMEMCACHED_LIBMEMCACHED(
            spy(NodeNaming.HOST_UNLESS_DEFAULT_PORT, PointSource.MD5_QUADS, KeyHash.MD5)),
    /** The ElastiCache client for Java from 1.2.0 on, which hashes with SHA-384. */
    ELASTICACHE(spy(NodeNaming.SOCKET_ADDRESS, PointSource.SHA_384_QUADS, KeyHash.SHA_384)),
    /** The ElastiCache client for Java with {@code Format.LIBMEMCACHED}. */
    ELASTICACHE_LIBMEMCACHED(
            spy(NodeNaming.HOST_UNLESS_DEFAULT_PORT, PointSource.SHA_384_QUADS, KeyHash.SHA_384)),
    /** xmemcached's {@code KetamaMemcachedSessionLocator}. */
    XMEMCACHED(xmemcached(NodeNaming.SLASH_SOCKET_ADDRESS)),
    /** xmemcached's Ketama in the mode for nginx. */
    XMEMCACHED_NGINX(xmemcached(NodeNaming.HOST_UNLESS_DEFAULT_PORT)),
    /** xmemcached's Ketama in the mode for Greg Whalin's client. */
    XMEMCACHED_GWHALIN(xmemcached(NodeNaming.HOST_PORT)),
    /** xmemcached's {@code LibmemcachedMemcachedSessionLocator}. */
    XMEMCACHED_LIBMEMCACHED(
            RingSpec.of(
                            NodeNaming.HOST_UNLESS_DEFAULT_PORT,
                            new Points(PointSource.KEY_HASH, 100, WeightRule.NONE),
                            KeyHash.ONE_AT_A_TIME_UNSIGNED,
                            TieRule.FIRST_NODE)
                    .with(Detour.XMEMCACHED)),
    /** twemproxy's {@code distribution: ketama}; its default hash is {@link KeyHash#FNV_1A_64}. */
    TWEMPROXY(
            NodeNaming.HOST_UNLESS_DEFAULT_PORT,
            new Points(PointSource.MD5_QUADS, 160, WeightRule.TWEMPROXY),
            KeyHash.FNV_1A_64,
            TieRule.FIRST_NODE),
    /** folsom: a chain of one hundred murmur hashes, in signed order. */
    FOLSOM(
            RingSpec.of(
                            NodeNaming.HOST_PORT,
                            new Points(PointSource.MURMUR_3_CHAIN, 100, WeightRule.NONE),
                            KeyHash.MURMUR_3,
                            TieRule.LAST_NODE)
                    .searched(SearchOrder.SIGNED)),
    /** nginx's {@code hash … consistent} and Cache::Memcached::Fast with 160 points. */
    CRC_32_CHAIN(
            NodeNaming.HOST_PORT,
            new Points(PointSource.CRC_32_CHAIN, 160, WeightRule.LINEAR),
            KeyHash.CRC_32,
            TieRule.FIRST_NODE);

    private final RingSpec spec;

    RingFormat(NodeNaming naming, Points points, KeyHash keyHash, TieRule tieRule) {
        this(RingSpec.of(naming, points, keyHash, tieRule));
    }

    RingFormat(RingSpec spec) {
        this.spec = spec;
    }

    /** Without weights always 40 digests; with them, as many as twemproxy's rule says. */
    private static RingSpec spy(NodeNaming naming, PointSource source, KeyHash keyHash) {
        return new RingSpec(
                naming,
                new Points(source, 160, WeightRule.NONE),
                new Points(source, 160, WeightRule.TWEMPROXY),
                keyHash,
                TieRule.LAST_NODE,
                SearchOrder.UNSIGNED,
                Detour.SPYMEMCACHED);
    }

    private static RingSpec xmemcached(NodeNaming naming) {
        Points points = new Points(PointSource.MD5_QUADS, 160, WeightRule.LINEAR);
        return RingSpec.of(naming, points, KeyHash.MD5, TieRule.POINT_PICKS)
                .with(Detour.XMEMCACHED);
    }

    @Override
    public Ring build(List<Node> nodes) {
        return spec.build(nodes);
    }

    /** The same format with keys hashed otherwise, for clients where that is an option. */
    public RingFactory hashedBy(KeyHash keyHash) {
        return spec.hashedBy(keyHash);
    }

    /**
     * The same format with another number of points for a node. More points spread keys more evenly
     * (of 100 equal nodes, the fullest has 1.2 times the mean with 160 points and 1.1 times with
     * 1,600), but no other client knows such a ring.
     */
    public RingFactory withPoints(int perNode) {
        if (perNode < PointSource.WORDS || perNode % PointSource.WORDS != 0) {
            throw new IllegalArgumentException("points come in fours: pointsPerNode=" + perNode);
        }
        return spec.withPoints(perNode);
    }

    /** How nodes without an explicit name are called. */
    public NodeNaming naming() {
        return spec.naming();
    }
}
