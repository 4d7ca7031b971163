package io.memring.client.discovery;

import io.memring.client.ring.Node;

import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/** The providers of a service with the first priority, in an order that does not change. */
final class ServiceDiscovery implements Discovery {
    private final String service;
    private final ServiceLookup lookup;

    ServiceDiscovery(String service, ServiceLookup lookup) {
        this.service = service;
        this.lookup = lookup;
    }

    @Override
    public List<Node> find(NodeQuery query) throws IOException {
        List<ServiceLookup.ServiceRecord> providers = lookup.providers(service);
        int first =
                providers.stream()
                        .mapToInt(ServiceLookup.ServiceRecord::priority)
                        .min()
                        .orElse(Integer.MAX_VALUE);
        return providers.stream()
                .filter(provider -> provider.priority() == first)
                .map(provider -> Node.of(provider.host(), provider.port()))
                .distinct()
                .sorted(Comparator.comparing(Node::address))
                .toList();
    }

    @Override
    public Duration interval() {
        return Duration.ofSeconds(30);
    }
}
