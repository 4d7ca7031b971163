package io.memring.server.connection;

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
 * <p>When bytes have arrived on a socket and nothing else has happened, they are taken in a {@link
 * ReadRound} and given to the connection, past its channel, whose bookkeeping for each read costs
 * as much as decoding a request. All else is left to the channel: the end of the stream, errors,
 * room for writing, connections that are closing or must not read, and those with other handlers
 * (TLS). Transports other than epoll work as they are. Used by the loop's thread only, but for
 * waking it up.
 */
public final class DirectReads implements IoHandlerFactory {
    private final IoHandlerFactory netty;
    private final ReadRound round;
    private final IntObjectMap<Socket> sockets = new IntObjectHashMap<>();

    /**
     * For one loop.
     *
     * @param netty makes the inner part of a loop
     * @param buffers where sockets are read to
     */
    public DirectReads(IoHandlerFactory netty, ByteBufAllocator buffers) {
        this.netty = netty;
        round = new ReadRound(buffers);
    }

    @Override
    public IoHandler newHandler(ThreadAwareExecutor loop) {
        return new Handler(netty.newHandler(loop));
    }

    /** From now on gives the connection what arrives on its socket, if that is one of epoll's. */
    void open(int descriptor, Connection connection) {
        Socket socket = sockets.get(descriptor);
        if (socket != null) {
            socket.connection = connection;
        }
    }

    /** Frees the buffer; to be called when there are no more connections. */
    void close() {
        round.close();
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
            try {
                return delegate.run(context);
            } finally {
                round.answerAll();
            }
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
                return round.read(descriptor, reader);
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
