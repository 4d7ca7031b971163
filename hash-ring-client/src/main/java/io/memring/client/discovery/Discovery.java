package io.memring.client.discovery;

import io.memring.client.ring.Node;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Finds the nodes of a client. It is asked when the client starts and again after each pause, on a
 * thread that may wait; what it finds replaces the nodes of before.
 *
 * <pre>{@code
 * HashRing.builder().discovery(Discovery.ofFile(Path.of("/etc/cache-nodes"))).build();
 * }</pre>
 */
public interface Discovery {

    /**
     * Finds the nodes there are at the moment. One thread at a time.
     *
     * @param query asks nodes that the discovery knows already
     * @throws IOException if they cannot be found; those of before stay
     */
    List<Node> find(NodeQuery query) throws IOException;

    /** The pause between two searches. */
    Duration interval();

    /** The same with another pause. */
    default Discovery every(Duration interval) {
        if (interval.isNegative() || interval.isZero()) {
            throw new IllegalArgumentException("must be positive: interval=" + interval);
        }
        Discovery same = this;
        return new Discovery() {
            @Override
            public List<Node> find(NodeQuery query) throws IOException {
                return same.find(query);
            }

            @Override
            public Duration interval() {
                return interval;
            }
        };
    }

    /**
     * The nodes that a file lists, one a line, each written {@code [name@]host[:port][*weight]};
     * what follows a {@code #} is a comment. Read every second.
     */
    static Discovery ofFile(Path file) {
        return new FileDiscovery(file);
    }

    /**
     * A node on each address of a host, such as that of a headless service in Kubernetes. Asked
     * every 30 seconds. Over TLS nodes have to show certificates for their addresses.
     */
    static Discovery ofHost(String host, int port) {
        return ofHost(host, port, HostLookup.ofSystem());
    }

    /** The same with another source of addresses. */
    static Discovery ofHost(String host, int port, HostLookup lookup) {
        return new HostDiscovery(host, port, lookup);
    }

    /**
     * The hosts and ports that SRV records of DNS name, such as {@code
     * _memcache._tcp.cache.example}. Of several priorities the lowest number counts; weights do
     * not, since they change with the number of nodes and would move keys. Asked every 30 seconds.
     */
    static Discovery ofService(String service) {
        return ofService(service, ServiceLookup.ofSystem());
    }

    /** The same with another source of records. */
    static Discovery ofService(String service, ServiceLookup lookup) {
        return new ServiceDiscovery(service, lookup);
    }

    /**
     * The nodes of a cluster of Amazon ElastiCache, or of what speaks like one: {@code config get
     * cluster} is asked of the configuration endpoint, and of the nodes when it does not answer. A
     * list counts if its version is higher than that of the list before. Asked every 60 seconds, in
     * the classic protocol, over TLS if the client uses it.
     */
    static Discovery ofElastiCache(String configurationHost, int port) {
        return new ElastiCacheDiscovery(Node.of(configurationHost, port));
    }
}
