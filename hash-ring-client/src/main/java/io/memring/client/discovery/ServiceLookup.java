package io.memring.client.discovery;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;

/** Finds who offers a service. It may block. */
@FunctionalInterface
public interface ServiceLookup {

    /**
     * Who offers a service, as an SRV record says.
     *
     * @param priority the lower, the sooner to be used
     * @param weight the share among those of one priority
     */
    record ServiceRecord(int priority, int weight, String host, int port) {}

    /** Those who offer a service; none if nobody knows it. */
    List<ServiceRecord> providers(String service) throws IOException;

    /** SRV records of the system's DNS servers. */
    static ServiceLookup ofSystem() {
        return new DnsServiceLookup("dns:");
    }

    /** SRV records of one DNS server. */
    static ServiceLookup ofServer(InetSocketAddress server) {
        return new DnsServiceLookup("dns://" + server.getHostString() + ':' + server.getPort());
    }
}
