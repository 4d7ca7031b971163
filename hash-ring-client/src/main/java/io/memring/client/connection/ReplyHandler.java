package io.memring.client.connection;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

import org.jspecify.annotations.Nullable;

/** Cuts the input of one channel into replies. */
final class ReplyHandler extends ChannelInboundHandlerAdapter {
    private static final int INITIAL_CAPACITY = 4096;

    /** A buffer that has grown beyond this is not kept. */
    private static final int MAX_KEPT_CAPACITY = 1 << 20;

    /** What the handler tells its connection. */
    interface Receiver {

        /** Some input has come, maybe with replies in it. */
        void arrived();

        /** Takes the next reply; false if the channel is not to be read on. */
        boolean replied(ReplyHandler from, Reply reply);

        /** The channel may be written to again. */
        void writable(ReplyHandler from);

        /** The input is not the protocol. */
        void malformed(ReplyHandler from);

        /** The channel is closed, for a reason or without one. */
        void lost(ReplyHandler from, @Nullable Throwable cause);
    }

    private final Receiver receiver;
    private final ReplyReader reader;

    /** What has arrived and was not taken. On the heap, where bytes are quick to read. */
    private ByteBuf input = Unpooled.buffer(INITIAL_CAPACITY);

    private boolean stopped;

    ReplyHandler(Receiver receiver, ReplyReader reader) {
        this.receiver = receiver;
        this.reader = reader;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf arrived = (ByteBuf) message;
        try {
            if (!stopped) {
                receiver.arrived();
                input.writeBytes(arrived);
                readAll();
                makeRoom();
            }
        } finally {
            arrived.release();
        }
    }

    private void readAll() {
        while (!stopped && input.isReadable()) {
            switch (reader.read(input)) {
                case INCOMPLETE -> {
                    return;
                }
                case COMPLETE -> stopped = !receiver.replied(this, reader.reply);
                case MALFORMED -> {
                    stopped = true;
                    receiver.malformed(this);
                }
            }
        }
    }

    private void makeRoom() {
        if (input.isReadable()) {
            input.discardReadBytes();
        } else if (input.capacity() > MAX_KEPT_CAPACITY) {
            input = Unpooled.buffer(INITIAL_CAPACITY);
        } else {
            input.clear();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        receiver.writable(this);
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // channelInactive tells that it is closed.
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        stopped = true;
        receiver.lost(this, cause);
        context.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        stopped = true;
        receiver.lost(this, null);
    }
}
