package io.memring.client.discovery;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.memring.client.ring.Node;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The nodes of a cluster as ElastiCache lists them: a line with the version, which grows with each
 * change, and a line of {@code host|ip|port} with spaces between, in which the ip may be missing.
 */
record ClusterList(long version, List<Node> nodes) {

    ClusterList {
        nodes = List.copyOf(nodes);
    }

    static ClusterList parse(byte[] payload) throws IOException {
        String text = new String(payload, US_ASCII);
        String[] lines = text.strip().split("\\r?\\n", -1);
        if (lines.length != 2) {
            throw malformed(text);
        }
        try {
            List<Node> nodes = new ArrayList<>();
            for (String node : lines[1].strip().split(" +", -1)) {
                String[] parts = node.split("\\|", -1);
                nodes.add(Node.of(parts[0].isEmpty() ? parts[1] : parts[0], port(parts)));
            }
            return new ClusterList(Long.parseLong(lines[0].strip()), nodes);
        } catch (IllegalArgumentException e) {
            IOException malformed = malformed(text);
            malformed.initCause(e);
            throw malformed;
        }
    }

    private static int port(String[] parts) {
        if (parts.length != 3) {
            throw new IllegalArgumentException("a node is written host|ip|port");
        }
        return Integer.parseInt(parts[2]);
    }

    private static IOException malformed(String text) {
        return new IOException("no list of a cluster's nodes: " + text);
    }
}
