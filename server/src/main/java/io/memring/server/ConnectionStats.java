package io.memring.server;

import io.memring.server.connection.ConnectionView;
import io.memring.server.dispatch.StatsSink;
import io.netty.channel.Channel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.UnixChannel;

import org.jspecify.annotations.Nullable;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;

/** Writes {@code stats conns}: every socket by the number of its descriptor. */
final class ConnectionStats {

    private final StatsSink sink;
    private final int nowSeconds;

    /** For sockets whose descriptors are unknown. */
    private int nextNumber;

    private ConnectionStats(StatsSink sink, int nowSeconds) {
        this.sink = sink;
        this.nowSeconds = nowSeconds;
    }

    static void write(NodeParts node, StatsSink sink) {
        int now = node.clock().nowSeconds();
        ConnectionStats stats = new ConnectionStats(sink, now);
        Listeners listeners = node.listeners();
        listeners.tcpSockets().forEach(each -> stats.writeListener(each, "tcp", "conn_listening"));
        listeners.udpSockets().forEach(each -> stats.writeListener(each, "udp", "conn_read"));
        for (int i = 0; i < node.workers().size(); i++) {
            node.workers().worker(i).connections().forEach(stats::writeConnection);
        }
    }

    private void writeListener(Channel channel, String protocol, String state) {
        String key = key(channel);
        if (protocol.equals("udp")) {
            sink.stat(key + "UDP", "UDP");
        }
        sink.stat(key + "addr", text(protocol, Listeners.address(channel)));
        sink.stat(key + "state", state);
        sink.stat(key + "secs_since_last_cmd", Integer.toString(nowSeconds));
    }

    private void writeConnection(ConnectionView connection) {
        Channel channel = connection.channel();
        String key = key(channel);
        sink.stat(key + "addr", text("tcp", channel.remoteAddress()));
        sink.stat(key + "listen_addr", text("tcp", localAddress(channel)));
        sink.stat(key + "state", connection.state());
        int silent = nowSeconds - connection.lastReadSecond();
        sink.stat(key + "secs_since_last_cmd", Integer.toString(silent));
    }

    /** Of unix sockets only the listener knows the path. */
    private static @Nullable SocketAddress localAddress(Channel channel) {
        SocketAddress own = channel.localAddress();
        Channel listener = channel.parent();
        return own instanceof InetSocketAddress || listener == null
                ? own
                : Listeners.address(listener);
    }

    private String key(Channel channel) {
        int number = channel instanceof UnixChannel unix ? unix.fd().intValue() : ++nextNumber;
        return number + ":";
    }

    private static String text(String protocol, @Nullable SocketAddress address) {
        return switch (address) {
            case InetSocketAddress inet when inet.getAddress() instanceof Inet6Address ->
                    protocol + "6:[" + inet.getAddress().getHostAddress() + "]:" + inet.getPort();
            case InetSocketAddress inet ->
                    protocol + ":" + inet.getAddress().getHostAddress() + ":" + inet.getPort();
            case DomainSocketAddress unix -> "unix:" + unix.path();
            case UnixDomainSocketAddress unix -> "unix:" + unix;
            case null, default -> "unix:";
        };
    }
}
