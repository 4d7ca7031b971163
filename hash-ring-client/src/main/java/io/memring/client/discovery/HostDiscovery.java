package io.memring.client.discovery;

import io.memring.client.ring.Node;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** A node on each address of one host, in an order that does not depend on that of the answer. */
final class HostDiscovery implements Discovery {
    private final String host;
    private final int port;
    private final HostLookup lookup;

    HostDiscovery(String host, int port, HostLookup lookup) {
        this.host = host;
        this.port = port;
        this.lookup = lookup;
    }

    @Override
    public List<Node> find(NodeQuery query) throws IOException {
        TreeSet<String> addresses = new TreeSet<>();
        for (InetAddress address : lookup.addresses(host)) {
            addresses.add(address.getHostAddress());
        }
        List<Node> nodes = new ArrayList<>();
        addresses.forEach(address -> nodes.add(Node.of(address, port)));
        return nodes;
    }

    @Override
    public Duration interval() {
        return Duration.ofSeconds(30);
    }
}
