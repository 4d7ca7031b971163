package io.memring.server.connection;

import io.memring.server.dispatch.ReplyBuffer;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.unix.UnixChannel;

import org.jspecify.annotations.Nullable;

/**
 * Sends the replies of a connection.
 *
 * <p>Nearly always the socket's send buffer takes them at once. So they are sent by a system call,
 * past the channel, and their buffer is used again while it is still in the processor's cache. What
 * the socket does not take goes through the channel's send queue, which waits for the client; until
 * that is empty, later replies line up behind. Bytes that other handlers have yet to change (TLS)
 * always go through the channel. Used by the connection's worker only.
 */
final class ReplySender {
    private static final int NO_SOCKET = -1;

    /**
     * Where more is unsent than the high mark the channel is no longer writable, until it is less
     * than the low one.
     */
    private static final WriteBufferWaterMark QUEUE_MARKS =
            new WriteBufferWaterMark(256 << 10, 1 << 20);

    private final Channel channel;
    private final ReplyBuffer replies;

    /** Where bytes may go past the channel. */
    private int socket = NO_SOCKET;

    /** The channel's send queue may still hold something. */
    private boolean queueing;

    /** What {@link #ring} has been given to send, until {@link #send} asks what became of it. */
    private @Nullable ByteBuf inRing;

    private @Nullable SendRing ring;
    private int ringNumber;

    ReplySender(Channel channel, ReplyBuffer replies) {
        this.channel = channel;
        this.replies = replies;
        channel.config().setOption(ChannelOption.WRITE_BUFFER_WATER_MARK, QUEUE_MARKS);
    }

    /**
     * The channel is connected, and its pipeline complete; {@code last} writes the replies.
     *
     * @return the socket's descriptor where bytes may go past the channel; otherwise a negative
     *     number
     */
    int open(ChannelHandler last) {
        if (channel instanceof UnixChannel unix && last.equals(channel.pipeline().first())) {
            socket = unix.fd().intValue();
        }
        return socket;
    }

    /** Whether replies may go past the channel, when its send queue is empty. */
    boolean isDirect() {
        return socket != NO_SOCKET;
    }

    /**
     * Has a ring send the first replies if they may go past the channel; then call {@link #send}.
     * Nothing can fail here; what might is left to that.
     */
    void add(SendRing ring) {
        ByteBuf next = !replies.isMarked() && mayGoPastTheChannel() ? replies.poll() : null;
        if (next != null) {
            inRing = next;
            this.ring = ring;
            ringNumber = ring.add(socket, next);
        }
    }

    /** Sends all replies that may be sent; returns their length, sent or queued. */
    long send() {
        long bytes = 0;
        boolean flush = false;
        ByteBuf first = inRing;
        SendRing sender = ring;
        if (first != null && sender != null) {
            inRing = null;
            bytes = first.readableBytes();
            flush = isRestQueued(sender.hasSent(ringNumber, first), first);
        }
        for (ByteBuf next = replies.poll(); next != null; next = replies.poll()) {
            bytes += next.readableBytes();
            boolean isSent = mayGoPastTheChannel() && SocketCalls.sendAll(socket, next);
            flush |= isRestQueued(isSent, next);
        }
        if (flush) {
            channel.flush();
        }
        return bytes;
    }

    /** Gives a buffer back that has been sent; otherwise queues what is left, which is true. */
    private boolean isRestQueued(boolean isSent, ByteBuf buffer) {
        if (isSent) {
            replies.recycle(buffer);
            return false;
        }
        var _ = channel.write(buffer, channel.voidPromise());
        queueing = true;
        return true;
    }

    private boolean isQueueEmpty() {
        ChannelOutboundBuffer queue = channel.unsafe().outboundBuffer();
        queueing = queue == null || queue.totalPendingWriteBytes() > 0;
        return !queueing;
    }

    /** False when it is closed too: then the channel releases what is written to it. */
    private boolean mayGoPastTheChannel() {
        if (socket == NO_SOCKET || !channel.isActive()) {
            return false;
        }
        return !queueing || isQueueEmpty();
    }
}
