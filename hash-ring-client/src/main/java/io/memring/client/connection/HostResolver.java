package io.memring.client.connection;

import io.memring.client.discovery.HostLookup;
import io.netty.util.NetUtil;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/**
 * Asks for the addresses of a host anew for every attempt to connect, so that a replaced node is
 * found under its name. Looking up blocks, which is why it happens on a thread for that.
 */
final class HostResolver {
    private final HostLookup lookup;
    private final Executor thread;

    HostResolver(HostLookup lookup, Executor thread) {
        this.lookup = lookup;
        this.thread = thread;
    }

    CompletableFuture<List<InetAddress>> resolve(String host) {
        byte[] literal = NetUtil.createByteArrayFromIpAddressString(host);
        return literal == null
                ? CompletableFuture.supplyAsync(() -> lookUp(host), thread)
                : CompletableFuture.completedFuture(List.of(address(host, literal)));
    }

    private List<InetAddress> lookUp(String host) {
        try {
            List<InetAddress> found = lookup.addresses(host);
            if (found.isEmpty()) {
                throw new UnknownHostException(host);
            }
            return found;
        } catch (UnknownHostException e) {
            throw new CompletionException(e);
        }
    }

    private static InetAddress address(String host, byte[] literal) {
        try {
            return InetAddress.getByAddress(host, literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("no address: host=" + host, e);
        }
    }
}
