package io.memring.client.connection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

import org.jspecify.annotations.Nullable;

/** Cuts the input of one channel into replies. */
final class ReplyHandler extends ChannelInboundHandlerAdapter {

    /** What the handler tells its connection. */
    interface Receiver {

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

    /** The beginning of a reply that has not arrived as a whole. */
    private @Nullable ByteBuf rest;

    private boolean stopped;

    ReplyHandler(Receiver receiver, ReplyReader reader) {
        this.receiver = receiver;
        this.reader = reader;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf in = (ByteBuf) message;
        try {
            ByteBuf kept = rest;
            if (stopped) {
                return;
            }
            if (kept == null) {
                readAll(in);
                keep(context, in);
            } else {
                kept.writeBytes(in);
                readAll(kept);
                drop(kept);
            }
        } finally {
            in.release();
        }
    }

    private void readAll(ByteBuf in) {
        while (!stopped && in.isReadable()) {
            switch (reader.read(in)) {
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

    private void keep(ChannelHandlerContext context, ByteBuf in) {
        if (!stopped && in.isReadable()) {
            rest = context.alloc().buffer(in.readableBytes() * 2).writeBytes(in);
        }
    }

    private void drop(ByteBuf kept) {
        if (stopped || !kept.isReadable()) {
            rest = null;
            kept.release();
        } else {
            kept.discardSomeReadBytes();
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

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        ByteBuf kept = rest;
        if (kept != null) {
            rest = null;
            kept.release();
        }
    }
}
