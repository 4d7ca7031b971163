package io.memring.client;

import org.jspecify.annotations.Nullable;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A TCP proxy in front of a node, which does to the node's output what networks and broken nodes
 * do. Two virtual threads serve each connection, one for each direction.
 */
final class FaultProxy implements AutoCloseable {
    private static final int BUFFER_SIZE = 64 * 1024;
    private static final long PAUSE_MILLIS = 20;

    private final InetSocketAddress node;
    private final int port;
    private final Random random;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Guarded by this. */
    private @Nullable ServerSocketChannel listener;

    /** Written by whoever holds this, read by anybody. */
    private volatile Fault fault = Fault.NONE;

    FaultProxy(int nodePort, long seed) {
        node = new InetSocketAddress(InetAddress.getLoopbackAddress(), nodePort);
        random = new Random(seed);
        port = listen(0);
    }

    int port() {
        return port;
    }

    /** Connections that are open now. */
    int links() {
        return links.size();
    }

    /** Connections that have ever been made. */
    int accepted() {
        return accepted.get();
    }

    /** What becomes of the node's output from now on. */
    synchronized void inflict(Fault next) {
        fault = next;
        notifyAll();
    }

    /** Refuses connections, and resets those there are. */
    synchronized void goDown() {
        ServerSocketChannel old = listener;
        if (old != null) {
            listener = null;
            closeQuietly(old);
        }
        links.forEach(Link::reset);
    }

    /** Takes connections again. */
    void comeUp() {
        listen(port);
    }

    private synchronized int listen(int onPort) {
        try {
            ServerSocketChannel opened = ServerSocketChannel.open();
            opened.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            opened.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), onPort));
            listener = opened;
            Thread.startVirtualThread(() -> accept(opened));
            return opened.socket().getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ServerSocketChannel from) {
        try {
            while (true) {
                SocketChannel client = from.accept();
                accepted.incrementAndGet();
                Link link = new Link(client, SocketChannel.open(node));
                links.add(link);
                Thread.startVirtualThread(link::forwardRequests);
                Thread.startVirtualThread(link::forwardReplies);
                if (!from.isOpen()) {
                    link.reset();
                }
            }
        } catch (IOException e) {
            // Down, or the node is.
        }
    }

    @Override
    public void close() {
        closed.countDown();
        inflict(Fault.NONE);
        goDown();
    }

    private static void closeQuietly(Closeable resource) {
        try {
            resource.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One connection of a client, and the one to the node that goes with it. */
    final class Link {
        private final SocketChannel client;
        private final SocketChannel server;

        Link(SocketChannel client, SocketChannel server) throws IOException {
            this.client = client;
            this.server = server;
            client.setOption(StandardSocketOptions.TCP_NODELAY, true);
            server.setOption(StandardSocketOptions.TCP_NODELAY, true);
        }

        SocketChannel client() {
            return client;
        }

        void send(byte[] bytes) throws IOException {
            write(client, bytes);
        }

        /** Waits for a moment, or until the proxy is closed. */
        void pause() throws InterruptedException {
            boolean over = closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
            assert over || fault != null;
        }

        void waitUntilHealed() throws InterruptedException {
            synchronized (FaultProxy.this) {
                while (fault == Fault.STALL) {
                    FaultProxy.this.wait();
                }
            }
        }

        int random(int bound) {
            return random.nextInt(bound);
        }

        byte[] randomBytes(int length) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            return bytes;
        }

        void reset() {
            try {
                client.setOption(StandardSocketOptions.SO_LINGER, 0);
            } catch (IOException e) {
                // It is closed already.
            }
            close();
        }

        private void close() {
            closeQuietly(client);
            closeQuietly(server);
            links.remove(this);
        }

        private void forwardRequests() {
            forward(client, piece -> write(server, piece));
        }

        private void forwardReplies() {
            forward(server, piece -> fault.pass(this, piece));
        }

        private void forward(SocketChannel from, Piecewise to) {
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER_SIZE);
            try {
                while (from.read(buffer.clear()) >= 0) {
                    to.accept(Arrays.copyOf(buffer.array(), buffer.position()));
                }
            } catch (IOException e) {
                // One side has hung up: so does the other.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                close();
            }
        }

        private static void write(SocketChannel to, byte[] bytes) throws IOException {
            for (ByteBuffer rest = ByteBuffer.wrap(bytes); rest.hasRemaining(); ) {
                to.write(rest);
            }
        }
    }

    /** Takes what was read. */
    private interface Piecewise {
        void accept(byte[] piece) throws IOException, InterruptedException;
    }
}
