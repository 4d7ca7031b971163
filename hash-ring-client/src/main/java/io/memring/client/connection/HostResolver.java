package io.memring.client.connection;

import io.netty.util.NetUtil;
import io.netty.util.concurrent.DefaultThreadFactory;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Asks for the address of a host anew for every attempt to connect, so that a replaced node is
 * found under its name. The JDK's resolver blocks, which is why it has a thread.
 */
final class HostResolver implements AutoCloseable {
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(
                    new DefaultThreadFactory("memring-client-resolver", true));

    CompletableFuture<InetAddress> resolve(String host) {
        byte[] literal = NetUtil.createByteArrayFromIpAddressString(host);
        return literal == null
                ? CompletableFuture.supplyAsync(() -> lookUp(host), thread)
                : CompletableFuture.completedFuture(address(host, literal));
    }

    private static InetAddress lookUp(String host) {
        try {
            return InetAddress.getByName(host);
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

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
