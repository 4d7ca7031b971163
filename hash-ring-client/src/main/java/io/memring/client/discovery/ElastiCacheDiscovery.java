package io.memring.client.discovery;

import io.memring.client.error.MemcacheException;
import io.memring.client.error.ServerRefusedException;
import io.memring.client.ring.Node;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * ElastiCache's auto discovery. Nodes are known by their host names, so that one that was replaced
 * under its name is found again although the list, and its version, are the same.
 */
final class ElastiCacheDiscovery implements Discovery {
    private static final String QUESTION = "config get cluster";

    /** What engines before 1.4.14 are asked. */
    private static final String OLD_QUESTION = "get AmazonElastiCache:cluster";

    private final Node endpoint;
    private @Nullable ClusterList latest;

    ElastiCacheDiscovery(Node endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public synchronized List<Node> find(NodeQuery query) throws IOException {
        List<Exception> failures = new ArrayList<>();
        for (Node node : whoMayKnow()) {
            try {
                return newer(ClusterList.parse(ask(query, node))).nodes();
            } catch (MemcacheException | IOException e) {
                failures.add(e);
            }
        }
        throw new IOException("nobody tells the cluster's nodes: " + failures, failures.get(0));
    }

    private List<Node> whoMayKnow() {
        List<Node> all = new ArrayList<>(List.of(endpoint));
        ClusterList known = latest;
        if (known != null) {
            all.addAll(known.nodes());
        }
        return all;
    }

    private static byte[] ask(NodeQuery query, Node node) {
        try {
            return query.ask(node, QUESTION);
        } catch (ServerRefusedException e) {
            return query.ask(node, OLD_QUESTION);
        }
    }

    /** A node that has not heard of a change yet does not undo it. */
    private ClusterList newer(ClusterList found) {
        ClusterList known = latest;
        if (known != null && known.version() >= found.version()) {
            return known;
        }
        latest = found;
        return found;
    }

    @Override
    public Duration interval() {
        return Duration.ofSeconds(60);
    }
}
