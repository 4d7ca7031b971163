package io.memring.server.connection;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.IoEvent;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import io.netty.util.concurrent.ThreadAwareExecutor;

import org.jspecify.annotations.Nullable;

/**
 * The inner part of a worker's event loop: Netty's, with a shorter way from epoll to a connection.
 *
 * <p>When bytes have arrived on a socket and nothing else has happened, they are taken into the
 * worker's {@link ReadBuffer} and given to the connection, past its channel, whose bookkeeping for
 * each read costs as much as decoding a request. All else is left to the channel: the end of the
 * stream, errors, room for writing, connections that are closing or must not read, and those with
 * other handlers (TLS). Transports other than epoll work as they are. Used by the loop's thread
 * only, but for waking it up.
 */
public final class DirectReads implements IoHandlerFactory {
    private final IoHandlerFactory netty;
    private final ByteBufAllocator allocator;
    private final ReadBuffer buffer = new ReadBuffer();
    private final IntObjectMap<Socket> sockets = new IntObjectHashMap<>();

    /**
     * For one loop.
     *
     * @param netty makes the inner part of a loop
     * @param allocator where the buffer comes from
     */
    public DirectReads(IoHandlerFactory netty, ByteBufAllocator allocator) {
        this.netty = netty;
        this.allocator = allocator;
    }

    @Override
    public IoHandler newHandler(ThreadAwareExecutor loop) {
        return new Handler(netty.newHandler(loop));
    }

    ReadBuffer buffer() {
        return buffer;
    }

    /** From now on gives the connection what arrives on its socket, if that is one of epoll's. */
    void open(int descriptor, Connection connection) {
        Socket socket = sockets.get(descriptor);
        if (socket != null) {
            socket.connection = connection;
        }
    }

    /** Netty's handler, but for what it is told to watch. */
    private final class Handler implements IoHandler {
        private final IoHandler delegate;

        Handler(IoHandler delegate) {
            this.delegate = delegate;
        }

        @Override
        public IoRegistration register(IoHandle handle) throws Exception {
            return delegate.register(
                    handle instanceof EpollIoHandle epoll ? new Socket(epoll) : handle);
        }

        @Override
        public void initialize() {
            delegate.initialize();
        }

        @Override
        public int run(IoHandlerContext context) {
            return delegate.run(context);
        }

        @Override
        public void prepareToDestroy() {
            delegate.prepareToDestroy();
        }

        @Override
        public void destroy() {
            delegate.destroy();
        }

        @Override
        public void wakeup() {
            delegate.wakeup();
        }

        @Override
        public boolean isCompatible(Class<? extends IoHandle> type) {
            return delegate.isCompatible(type);
        }
    }

    /** What epoll watches for a channel, in front of the channel's own part of it. */
    // The warning is of a close that may throw InterruptedException, because it may throw any
    // exception by Netty's declaration. Who calls it is Netty, too, and deals with all of them.
    @SuppressWarnings("try")
    private final class Socket implements EpollIoHandle {
        private final EpollIoHandle delegate;
        private final int descriptor;

        /** Null where the channel does all reading. */
        private @Nullable Connection connection;

        Socket(EpollIoHandle delegate) {
            this.delegate = delegate;
            descriptor = delegate.fd().intValue();
        }

        @Override
        public void handle(IoRegistration registration, IoEvent event) {
            Connection reader = connection;
            if (reader == null || !isOnlyReadable(event) || !read(reader)) {
                delegate.handle(registration, event);
            }
        }

        private static boolean isOnlyReadable(IoEvent event) {
            return ((EpollIoEvent) event).ops().value() == EpollIoOps.EPOLLIN.value();
        }

        /** False if there was nothing to read, which the channel then sees for itself. */
        private boolean read(Connection reader) {
            try {
                int reads = 0;
                boolean isFull = true;
                while (isFull && reads < ReadBuffer.READS_PER_EVENT && reader.isReading()) {
                    ByteBuf bytes = buffer.receive(descriptor, allocator);
                    if (bytes == null) {
                        break;
                    }
                    isFull = !bytes.isWritable();
                    reads++;
                    reader.receive(bytes);
                }
                if (reads > 0) {
                    reader.joinRound();
                }
                return reads > 0;
            } catch (Throwable failure) {
                // It ends this connection; thrown on, it would end the loop of all others.
                reader.fail(failure);
                return true;
            }
        }

        @Override
        public FileDescriptor fd() {
            return delegate.fd();
        }

        @Override
        public void registered() {
            sockets.put(descriptor, this);
            delegate.registered();
        }

        @Override
        public void unregistered() {
            connection = null;
            sockets.remove(descriptor);
            delegate.unregistered();
        }

        @Override
        public void close() throws Exception {
            delegate.close();
        }
    }
}
