package io.memring.server;

import io.memring.server.connection.ConnectionConfig.Binding;
import io.memring.server.connection.UdpConfig;
import io.memring.server.tls.TlsMode;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Where and how to listen, while a configuration is being put together. */
final class ListenSettings {

    private final List<String> interfaces = new ArrayList<>();
    int port = ListenConfig.DEFAULT_PORT;
    boolean tcp = true;
    int udpPort;
    boolean udp;
    int udpMaxReplyBytes = UdpConfig.DEFAULT_MAX_REPLY_BYTES;
    int udpBytesPerSecond = UdpConfig.DEFAULT_BYTES_PER_SECOND;
    @Nullable Path unixSocket;
    int unixMask = ListenConfig.DEFAULT_UNIX_MASK;
    int backlog = ListenConfig.DEFAULT_BACKLOG;
    int maxConnections = ListenConfig.DEFAULT_MAX_CONNECTIONS;
    AllowList allowed = AllowList.EVERYBODY;
    boolean rejectOverLimit = true;
    Transport transport = Transport.AUTO;

    /** Adds addresses, separated by commas. */
    void add(String addresses) {
        if (!interfaces.contains(addresses)) {
            interfaces.add(addresses);
        }
    }

    /**
     * Checks the whole.
     *
     * @param tls of addresses that do not say
     * @param binding what becomes of a protocol that an address asks for
     */
    ListenConfig build(TlsMode tls, UnaryOperator<Binding> binding) {
        List<ListenAddress> addresses = speaking(addresses(tls), binding);
        allowed.checkTags(addresses);
        return new ListenConfig(
                transport,
                port,
                interfaceList(),
                addresses,
                udpPort,
                speaking(udpAddresses(tls), binding),
                new UdpConfig(udpMaxReplyBytes, udpBytesPerSecond),
                unixSocket,
                unixMask,
                backlog,
                maxConnections,
                allowed,
                rejectOverLimit);
    }

    private static List<ListenAddress> speaking(
            List<ListenAddress> addresses, UnaryOperator<Binding> binding) {
        return addresses.stream().map(each -> each.speaking(binding)).toList();
    }

    private @Nullable String interfaceList() {
        return interfaces.isEmpty() ? null : String.join(",", interfaces);
    }

    /**
     * Datagrams lie about where they come from: only this machine's, unless {@code -l} is given.
     */
    private List<ListenAddress> udpAddresses(TlsMode tls) {
        String list = interfaceList();
        if (unixSocket != null || !udp) {
            return List.of();
        }
        return list == null
                ? List.of(new ListenAddress("localhost", udpPort, TlsMode.OFF))
                : ListenAddress.parseList(list, udpPort, tls);
    }

    private List<ListenAddress> addresses(TlsMode tls) {
        String list = interfaceList();
        if (unixSocket != null || !tcp) {
            return List.of();
        }
        return list == null
                ? List.of(new ListenAddress(null, port, tls))
                : ListenAddress.parseList(list, port, tls);
    }
}
