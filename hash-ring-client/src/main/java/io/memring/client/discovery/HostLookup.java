package io.memring.client.discovery;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Finds the addresses of a host. It may block. */
@FunctionalInterface
public interface HostLookup {

    /** The addresses of a host by its name, the preferred one first. */
    List<InetAddress> addresses(String host) throws UnknownHostException;

    /** The one of the JDK, which looks where the system is told to, and remembers for seconds. */
    static HostLookup ofSystem() {
        return host -> List.of(InetAddress.getAllByName(host));
    }
}
