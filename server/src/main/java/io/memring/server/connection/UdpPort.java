package io.memring.server.connection;

import io.memring.engine.command.Command;
import io.memring.sasl.Permissions;
import io.memring.server.connection.ConnectionConfig.Binding;
import io.memring.server.dispatch.BinarySession;
import io.memring.server.dispatch.LateLogger;
import io.memring.server.dispatch.ProtocolSession;
import io.memring.server.dispatch.ReplyBuffer;
import io.memring.server.dispatch.Step;
import io.memring.server.dispatch.TextSession;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;

import org.jspecify.annotations.Nullable;

import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.function.Predicate;

/** A UDP socket: each datagram is a request of its own, in whatever protocol it begins with. */
final class UdpPort extends ChannelInboundHandlerAdapter implements CompletionTarget {
    /*
     * Requests and replies begin with a header of four numbers of 16 bits (protocol.txt, UDP):
     *
     *   offset 0            2            4            6
     *          +------------+------------+------------+------------+
     *          | request id | sequence   | datagrams  | reserved 0 |
     *          +------------+------------+------------+------------+
     *
     * A request must be one datagram; a reply is as many as it takes. While a stripe's owner works
     * for one request, the next ones wait, but not many of them: whoever sends datagrams must
     * reckon with their loss. Those that are dropped unread, or whose reply is, are counted.
     */
    private static final LateLogger LOG = new LateLogger(UdpPort.class);

    private static final int HEADER_LENGTH = 8;
    private static final int MAX_DATAGRAM = 1400;
    private static final int MAX_BODY = MAX_DATAGRAM - HEADER_LENGTH;
    private static final int MAX_WAITING = 64;

    private static final byte[] TOO_LARGE =
            "SERVER_ERROR response too large for UDP\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Worker worker;
    private final Channel channel;
    private final UdpConfig config;
    private final Binding binding;
    private final Predicate<SocketAddress> allowed;
    private final UdpBudget budget;
    private final ReplyBuffer replies;
    private final ArrayDeque<DatagramPacket> waiting = new ArrayDeque<>();

    /** The request that is being worked on. */
    private @Nullable Request current;

    private boolean closed;

    /** A datagram under way; the session is its own. */
    private record Request(DatagramPacket packet, int id, ProtocolSession session) {

        ByteBuf content() {
            return packet.content();
        }
    }

    UdpPort(
            Worker worker,
            Channel channel,
            UdpConfig config,
            Binding binding,
            Predicate<SocketAddress> allowed) {
        this.worker = worker;
        this.channel = channel;
        this.config = config;
        this.binding = binding;
        this.allowed = allowed;
        this.budget = new UdpBudget(config.bytesPerSecond());
        this.replies = new ReplyBuffer(channel.alloc(), worker.spareBuffers());
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        DatagramPacket packet = (DatagramPacket) message;
        worker.count(ConnectionStat.BYTES_READ, packet.content().readableBytes());
        if (!allowed.test(packet.sender())) {
            ignore(packet);
        } else if (current == null) {
            begin(packet);
        } else if (waiting.size() < MAX_WAITING) {
            waiting.add(packet);
        } else {
            ignore(packet);
        }
    }

    private void ignore(DatagramPacket packet) {
        countDrop();
        packet.release();
    }

    private void countDrop() {
        worker.count(ConnectionStat.UDP_DROPPED, 1);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        channel.flush();
    }

    private void begin(DatagramPacket packet) {
        DatagramPacket addressable = addressable(packet);
        ByteBuf in = addressable.content();
        if (in.readableBytes() <= HEADER_LENGTH) {
            ignore(addressable);
            return;
        }
        int id = in.readUnsignedShort();
        int _ = in.readUnsignedShort();
        int datagrams = in.readUnsignedShort();
        int _ = in.readUnsignedShort();
        if (datagrams != 1) {
            ignore(addressable); // As in memcached, which has never put requests together.
            return;
        }
        work(new Request(addressable, id, newSession(in)));
    }

    private DatagramPacket addressable(DatagramPacket packet) {
        ByteBuf bytes = packet.content();
        if (bytes.hasMemoryAddress()) {
            return packet;
        }
        ByteBuf copy = channel.alloc().directBuffer(Math.max(bytes.readableBytes(), HEADER_LENGTH));
        copy.writeBytes(bytes);
        packet.release();
        return new DatagramPacket(copy, packet.recipient(), packet.sender());
    }

    private ProtocolSession newSession(ByteBuf in) {
        return binding.isBinary(in.getByte(in.readerIndex()))
                ? new BinarySession(worker.dispatch(), replies, channel.alloc(), this, null)
                : new TextSession(
                        worker.dispatch(), replies, channel.alloc(), this, Permissions.ALL);
    }

    /** Takes commands from the datagram until it is empty, or one has to wait. */
    private void work(Request request) {
        current = request;
        try {
            request.session().begin(0);
            boolean more = request.content().isReadable();
            while (more && replies.bytes() <= config.maxReplyBytes()) {
                Step step = request.session().step(request.content());
                if (step == Step.HANDED_OFF) {
                    return;
                }
                if (step == Step.NEED_INPUT) {
                    countDrop(); // There will be no more of it.
                }
                more = step == Step.DONE && request.content().isReadable();
            }
            end(request);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "datagram dropped by an unexpected failure", e);
            countDrop();
            forget(request);
        }
    }

    @Override
    public void onCompleted(Command command) {
        Request request = current;
        if (request == null) {
            throw new IllegalStateException("nothing waits for a command");
        }
        request.session().resume(command, request.content());
        if (closed) {
            forget(request);
            releaseAll();
            return;
        }
        work(request);
        while (current == null && !waiting.isEmpty()) {
            begin(waiting.remove());
        }
        channel.flush();
    }

    private void end(Request request) {
        int length = replies.bytes();
        if (length > config.maxReplyBytes()) {
            replies.close();
            replies.reserve(TOO_LARGE.length).writeBytes(TOO_LARGE);
            length = TOO_LARGE.length;
        }
        InetAddress sender = request.packet().sender().getAddress();
        if (length > 0 && budget.take(sender, length, worker.nowSeconds())) {
            send(request, length);
        } else if (length > 0) {
            countDrop();
        }
        forget(request);
    }

    private void send(Request request, int length) {
        replies.release();
        int datagrams = (length + MAX_BODY - 1) / MAX_BODY;
        int sequence = 0;
        ByteBuf datagram = newDatagram(request, sequence, datagrams);
        for (ByteBuf next = replies.poll(); next != null; next = replies.poll()) {
            while (next.isReadable()) {
                if (datagram.readableBytes() == MAX_DATAGRAM) {
                    write(request, datagram);
                    datagram = newDatagram(request, ++sequence, datagrams);
                }
                int room = MAX_DATAGRAM - datagram.readableBytes();
                datagram.writeBytes(next, Math.min(room, next.readableBytes()));
            }
            replies.recycle(next);
        }
        write(request, datagram);
    }

    private ByteBuf newDatagram(Request request, int sequence, int datagrams) {
        return channel.alloc()
                .directBuffer(MAX_DATAGRAM)
                .writeShort(request.id())
                .writeShort(sequence)
                .writeShort(datagrams)
                .writeShort(0);
    }

    private void write(Request request, ByteBuf datagram) {
        worker.count(ConnectionStat.BYTES_WRITTEN, datagram.readableBytes());
        var _ =
                channel.write(
                        new DatagramPacket(datagram, request.packet().sender()),
                        channel.voidPromise());
    }

    /** Forgets a request and what has not been sent of its reply. */
    private void forget(Request request) {
        current = null;
        replies.close();
        request.session().close();
        request.packet().release();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        closed = true;
        if (current == null) {
            releaseAll();
        }
    }

    private void releaseAll() {
        waiting.forEach(DatagramPacket::release);
        waiting.clear();
    }

    /** A datagram that could not be read or sent is lost, as datagrams are. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        countDrop();
        LOG.log(Level.DEBUG, "UDP", cause);
    }
}
