package io.memring.server.connection;

import io.memring.engine.command.Command;
import io.memring.server.connection.ConnectionConfig.Binding;
import io.memring.server.dispatch.LateLogger;
import io.memring.server.dispatch.ProtocolSession;
import io.memring.server.dispatch.ReplyBuffer;
import io.memring.server.dispatch.Step;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.util.ReferenceCountUtil;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.function.Supplier;

/** One client connection: the only handler in its channel's pipeline. */
final class Connection extends ChannelInboundHandlerAdapter implements CompletionTarget, Runnable {
    /*
     * Bytes go from a read straight to the session, which takes whole requests from them. What is
     * left of a split request is copied to a small buffer of its own, so that a slow client does
     * not pin a read buffer. Replies pile up in a ReplyBuffer and leave together, at the end of the
     * worker's SendRound.
     *
     * Decoding stops, and with it reading, while
     *   handedOff   a stripe's owner works on the request; its key and value are in `input`, which
     *               is not touched: what arrives is put into `arrivals`, and reading stops when
     *               something has; or a login is being checked
     *   paused      the client does not read: the channel's send queue is above its high mark
     *   yielded     others have their turn after `requestsPerEvent` requests
     */
    private static final LateLogger LOG = new LateLogger(Connection.class);

    /** Reading stops while this much input waits for its turn. */
    private static final int MAX_BACKLOG = 256 << 10;

    private final Worker worker;
    private final Channel channel;
    private final Binding binding;
    private final ReplyBuffer replies;
    private final ReplySender sender;

    /** Null until the first byte has chosen the protocol. */
    private @Nullable ProtocolSession session;

    private @Nullable ByteBuf input;

    /** The input is a buffer of our own with the rest of a split request, not a read buffer. */
    private boolean inputIsRest;

    private @Nullable ByteBuf arrivals;

    private boolean handedOff;
    private boolean paused;
    private boolean yielded;

    /** Its replies leave at the end of the worker's {@link SendRound}. */
    private boolean inRound;

    private boolean inputEnded;
    private boolean closing;

    /** Closing because a request, not the client's silence or the node's end, asked for it. */
    private boolean hungUp;

    private boolean closed;

    /** When a request was last complete, or a part of a value came: since then it is idle. */
    private int activeSecond;

    private int pausedSecond;

    /** Since when the client should log in; where it need not, this means nothing. */
    private int awaitsLoginSecond;

    Connection(Worker worker, Channel channel, Binding binding) {
        this.worker = worker;
        this.channel = channel;
        this.binding = binding;
        replies = new ReplyBuffer(channel.alloc(), worker.spareBuffers());
        sender = new ReplySender(channel, replies);
        channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        worker.directReads().open(sender.open(this), this);
        activeSecond = worker.nowSeconds();
        awaitsLoginSecond = activeSecond;
        worker.opened(this);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        receive(worker.readBuffer().take((ByteBuf) message, channel.alloc()), 0);
    }

    /** Whether its socket is still its own, and it takes requests from it. */
    boolean isReading() {
        return !closing && channel.isActive() && channel.config().isAutoRead();
    }

    /** Has its session look ahead in bytes that begin with its own; returns up to where. */
    int lookAhead(ByteBuf bytes) {
        ProtocolSession talk = session;
        return talk == null ? bytes.readerIndex() : talk.lookAhead(bytes);
    }

    /**
     * Takes what has been read; it owns the bytes from now on.
     *
     * @param lookedAheadTo the index up to which {@link #lookAhead} has been done, or 0
     */
    void receive(ByteBuf bytes, int lookedAheadTo) {
        worker.count(ConnectionStat.BYTES_READ, bytes.readableBytes());
        ProtocolSession talk = session;
        if (talk != null && talk.isReceivingValue()) {
            activeSecond = worker.nowSeconds();
        }
        if (closing || closed) {
            bytes.release();
            if (hungUp && !closed) {
                resetWhenClosed();
            }
        } else if (handedOff) {
            arrivals = InputParts.join(arrivals, bytes, channel.alloc());
        } else {
            int aheadTo = input == null ? lookedAheadTo : 0;
            append(bytes);
            if (!paused && !yielded) {
                process(aheadTo);
            }
        }
        updateReading();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        joinRound();
    }

    /** At the end of one or more reads: has the replies sent, soon. */
    void joinRound() {
        int bytes = replies.bytes();
        if (!yielded && !inRound && bytes > 0) {
            inRound = true;
            worker.sendRound().join(this, bytes, sender.isDirect());
        }
    }

    /** Has a ring send the first of its replies, at the end of a round that it has joined. */
    void addTo(SendRing ring) {
        if (!closed && !yielded) {
            sender.add(ring);
        }
    }

    /** The end of a round that it has joined; its replies may have left meanwhile. */
    void sendInRound() {
        inRound = false;
        if (closed || yielded) {
            return;
        }
        try {
            send();
        } catch (Throwable failure) { // It ends this connection, and not the round of the others.
            fail(failure);
        }
    }

    /** Its turn again after a yield. */
    @Override
    public void run() {
        yielded = false;
        guarded(() -> process(0));
    }

    /** The owner of a busy stripe has run the command that this connection waits for. */
    @Override
    public void onCompleted(Command command) {
        goOn(() -> session(requireInput()).resume(command, requireInput()));
    }

    /** What was handed off has come back: ends it, and takes up what has arrived meanwhile. */
    private void goOn(Runnable end) {
        handedOff = false;
        guarded(
                () -> {
                    try {
                        end.run();
                    } finally {
                        if (closed) {
                            releaseAll();
                        }
                    }
                    if (!closed) {
                        takeArrivals();
                        process(0);
                    }
                });
    }

    private void guarded(Runnable work) {
        try {
            work.run();
        } catch (Throwable failure) {
            fail(failure);
        }
        if (!closed && !yielded) {
            send();
        }
        updateReading();
    }

    /**
     * Takes requests from the input until there is none left, or something else must come first.
     */
    private void process(int lookedAheadTo) {
        int budget = worker.config().requestsPerEvent();
        ByteBuf in = input;
        if (in != null) {
            session(in).begin(lookedAheadTo);
        }
        while (in != null && !closing) {
            Step step = session(in).step(in);
            switch (step) {
                case DONE -> {
                    activeSecond = worker.nowSeconds();
                    if (!in.isReadable()) {
                        releaseInput();
                        in = null;
                    } else if (--budget == 0) {
                        yieldTurn();
                        return;
                    }
                    if (isOutputStuck()) {
                        return;
                    }
                }
                case OUTPUT_FULL -> {
                    if (isOutputStuck()) {
                        return;
                    }
                }
                case NEED_INPUT -> {
                    keepRest();
                    in = null;
                }
                case HANDED_OFF -> {
                    activeSecond = worker.nowSeconds();
                    handedOff = true;
                    return;
                }
                case CLOSE -> hangUp();
            }
        }
        if (inputEnded) {
            closeWhenSent();
        }
    }

    private void yieldTurn() {
        yielded = true;
        worker.count(ConnectionStat.CONN_YIELDS, 1);
        channel.eventLoop().execute(this);
    }

    /**
     * Sends when much has piled up; true when the client does not take it and decoding must wait.
     */
    private boolean isOutputStuck() {
        if (!replies.isFull()) {
            return false;
        }
        send();
        if (channel.isWritable()) {
            return false;
        }
        paused = true;
        pausedSecond = worker.nowSeconds();
        return true;
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (!channel.isWritable()) {
            if (!paused) {
                paused = true;
                pausedSecond = worker.nowSeconds();
            }
            updateReading();
        } else if (paused) {
            paused = false;
            if (!handedOff && !yielded && !closing) {
                guarded(() -> process(0));
            }
            updateReading();
        }
    }

    private void send() {
        worker.count(ConnectionStat.BYTES_WRITTEN, sender.send());
    }

    private void updateReading() {
        ByteBuf in = input;
        boolean backlog = yielded && in != null && in.readableBytes() > MAX_BACKLOG;
        boolean waits = handedOff && arrivals != null;
        boolean wanted = !waits && !paused && !backlog;
        var config = channel.config();
        if (config.isAutoRead() != wanted) {
            config.setAutoRead(wanted);
        }
    }

    // The input.

    private void append(ByteBuf bytes) {
        ByteBuf before = input;
        inputIsRest = before != null;
        input = InputParts.join(before, bytes, channel.alloc());
    }

    private void keepRest() {
        ByteBuf in = requireInput();
        if (!in.isReadable()) {
            releaseInput();
        } else if (!inputIsRest) {
            input = InputParts.moveRest(in, channel.alloc());
            inputIsRest = true;
        } else {
            in.discardSomeReadBytes();
        }
    }

    private void takeArrivals() {
        ByteBuf bytes = arrivals;
        if (bytes != null) {
            arrivals = null;
            append(bytes);
        }
    }

    private void releaseInput() {
        requireInput().release();
        input = null;
        inputIsRest = false;
    }

    private ByteBuf requireInput() {
        ByteBuf in = input;
        if (in == null) {
            throw new IllegalStateException("no input to work on");
        }
        return in;
    }

    private ProtocolSession session(ByteBuf in) {
        ProtocolSession open = session;
        if (open == null) {
            boolean binary = binding.isBinary(in.getByte(in.readerIndex()));
            open = ClientLogin.begin(this, worker, channel, replies, binary);
            session = open;
        }
        return open;
    }

    /** Takes up, on the worker thread, what a session has handed to others. Any thread. */
    void resume(Supplier<Step> end) {
        Runnable finish =
                () -> {
                    if (end.get() == Step.CLOSE) {
                        hangUp();
                    }
                };
        channel.eventLoop().execute(() -> goOn(finish));
    }

    /** The client has logged in, and goes on with another session. */
    void goOnWith(ProtocolSession next) {
        session = next;
    }

    // The end.

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent
                || event instanceof ChannelInputShutdownReadComplete) {
            drain();
        }
    }

    private void hangUp() {
        hungUp = true;
        closeWhenSent();
    }

    /**
     * What a client sends after a hang-up stays unread in memcached, which a kernel answers with a
     * reset, so that he learns of it. Here it has been taken, so the reset must be asked for.
     */
    private void resetWhenClosed() {
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
    }

    private void closeWhenSent() {
        if (closing) {
            return;
        }
        closing = true;
        replies.release();
        send();
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    /** Closes once everything received so far is answered: the client, or the node, ends. */
    void drain() {
        inputEnded = true;
        if (!handedOff && !paused && !yielded) {
            closeWhenSent();
        }
    }

    /** For any thread, which may see what was true a moment ago. */
    ConnectionView view() {
        return new ConnectionView(channel, stateName(), activeSecond);
    }

    /** In the words of memcached's state machine. */
    private String stateName() {
        ProtocolSession talk = session;
        if (paused) {
            return "conn_mwrite";
        }
        if (talk != null && talk.isReceivingValue()) {
            return "conn_nread";
        }
        return input == null || inputIsRest ? "conn_read" : "conn_parse_cmd";
    }

    /** Closes when the client has been silent, or has not read, for too long. */
    void checkTimeouts(int nowSeconds) {
        ConnectionConfig limits = worker.config();
        ProtocolSession open = session;
        if (open != null && !open.awaitsLogin()) {
            awaitsLoginSecond = nowSeconds;
        }
        boolean stalled = paused && limits.isStalled(pausedSecond, nowSeconds);
        if (limits.isIdle(activeSecond, nowSeconds)) {
            worker.count(ConnectionStat.IDLE_KICKS, 1);
            var _ = channel.close();
        } else if (stalled || limits.isStranger(awaitsLoginSecond, nowSeconds)) {
            var _ = channel.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        closed = true;
        worker.closed(this);
        if (!handedOff) {
            releaseAll();
        }
    }

    private void releaseAll() {
        ReferenceCountUtil.release(input);
        input = null;
        ReferenceCountUtil.release(arrivals);
        arrivals = null;
        ProtocolSession opened = session;
        if (opened != null) {
            opened.close();
        }
        replies.close();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        fail(cause);
    }

    /** A broken connection is the client's affair; all else is a bug, and ends only this one. */
    void fail(Throwable cause) {
        if (!(cause instanceof IOException)) {
            LOG.log(Level.ERROR, "connection closed by an unexpected failure", cause);
        }
        var _ = channel.close();
    }
}
