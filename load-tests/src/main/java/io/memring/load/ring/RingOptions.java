package io.memring.load.ring;

import io.memring.client.ring.Node;
import io.memring.client.ring.RingFactory;
import io.memring.client.ring.Routing;

import picocli.CommandLine.Option;

import java.util.Arrays;
import java.util.List;

/** The options that say which ring is meant. */
final class RingOptions {
    private static final String DEFAULT_NODES =
            "${env:MEMRING_NODES:-127.0.0.1:11211,127.0.0.1:11212,127.0.0.1:11213}";
    private static final int MARKS = 2;

    @Option(
            names = {"-n", "--nodes"},
            paramLabel = "NODES",
            defaultValue = DEFAULT_NODES,
            description = {
                "the nodes, separated by commas, each [name@]host[:port][*weight]; without it the"
                        + " environment variable MEMRING_NODES, or else ports 11211 to 11213 of"
                        + " this machine"
            })
    private String nodes = "";

    @Option(
            names = {"-f", "--format"},
            paramLabel = "NAME",
            defaultValue = "ketama",
            description = {
                "whose ring: ketama (the default), libketama, libmemcached-consistent,"
                        + " libmemcached-spy, spymemcached, spymemcached-libmemcached,"
                        + " elasticache, elasticache-libmemcached, xmemcached, xmemcached-nginx,"
                        + " xmemcached-gwhalin, xmemcached-libmemcached, twemproxy, folsom,"
                        + " crc-32-chain, rendezvous, jump, mcrouter or modulo"
            })
    private String format = "";

    @Option(
            names = "--hash",
            paramLabel = "NAME",
            description = {
                "hash keys otherwise than the format does by itself: md5, sha-384, one-at-a-time,"
                        + " one-at-a-time-unsigned, crc-32, fnv-1a-32, fnv-1a-64, murmur-3 or"
                        + " string-hash-code"
            })
    private String hash = "";

    @Option(
            names = "--tag",
            paramLabel = "MARKS",
            description =
                    "two characters; what stands between them in a key decides about its node, as"
                            + " in --tag '{}'")
    private String tag = "";

    /** The nodes in the order in which they are written. */
    List<Node> nodes() {
        return Arrays.stream(nodes.split(",", -1)).map(Node::parse).toList();
    }

    /** How keys are placed. */
    RingFactory factory() {
        return RingNames.ring(format, hash);
    }

    /** Which part of a key decides. */
    Routing routing() {
        if (tag.isEmpty()) {
            return Routing.wholeKey();
        }
        if (tag.length() != MARKS) {
            throw new IllegalArgumentException("--tag takes two characters: " + tag);
        }
        return Routing.hashTag(tag.charAt(0), tag.charAt(1));
    }

    /** The same ring with other nodes, unless they are empty. */
    RingOptions withNodes(String others) {
        RingOptions changed = copy();
        changed.nodes = others.isEmpty() ? nodes : others;
        return changed;
    }

    /** The same ring in another format, unless that is empty. */
    RingOptions withFormat(String other) {
        RingOptions changed = copy();
        changed.format = other.isEmpty() ? format : other;
        changed.hash = other.isEmpty() ? hash : "";
        return changed;
    }

    private RingOptions copy() {
        RingOptions copy = new RingOptions();
        copy.nodes = nodes;
        copy.format = format;
        copy.hash = hash;
        copy.tag = tag;
        return copy;
    }

    /** Where keys live. */
    Placement placement() {
        return new Placement(factory().build(nodes()), routing());
    }
}
