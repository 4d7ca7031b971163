package io.memring.server;

import io.memring.server.connection.UdpConfig;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.List;

/**
 * Where and how a node listens.
 *
 * @param transport how input and output are done
 * @param port TCP port, {@code -p}; 0 for one that the system chooses
 * @param interfaces {@code -l} as given; null when there was none
 * @param addresses where to listen for TCP connections; none with a unix socket
 * @param udpPort UDP port, {@code -U}; 0 for one that the system chooses
 * @param udpAddresses where to listen for UDP; none when that is off
 * @param udp bounds on replies by UDP
 * @param unixSocket path of the unix socket to listen on instead; null for TCP
 * @param unixMask access mode of the unix socket, {@code -a}
 * @param backlog connections that may wait to be accepted, {@code -b}
 * @param maxConnections connections at one time, {@code -c}
 * @param allowed who may connect
 * @param rejectOverLimit tell connections over the limit so and close them; false lets them wait
 */
record ListenConfig(
        Transport transport,
        int port,
        @Nullable String interfaces,
        List<ListenAddress> addresses,
        int udpPort,
        List<ListenAddress> udpAddresses,
        UdpConfig udp,
        @Nullable Path unixSocket,
        int unixMask,
        int backlog,
        int maxConnections,
        AllowList allowed,
        boolean rejectOverLimit) {

    public static final int DEFAULT_PORT = 11_211;
    public static final int DEFAULT_UNIX_MASK = 0700;
    public static final int DEFAULT_BACKLOG = 1024;
    public static final int DEFAULT_MAX_CONNECTIONS = 1024;

    public ListenConfig {
        addresses = List.copyOf(addresses);
        udpAddresses = List.copyOf(udpAddresses);
    }
}
