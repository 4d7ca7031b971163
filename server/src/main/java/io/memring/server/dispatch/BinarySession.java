package io.memring.server.dispatch;

import io.memring.engine.command.Command;
import io.memring.engine.command.FetchOutcome;
import io.memring.engine.command.StoreOutcome;
import io.memring.protocol.binary.BinaryReplyEncoder;
import io.memring.protocol.binary.BinaryRequestDecoder;
import io.memring.protocol.binary.BinaryStatus;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

import org.jspecify.annotations.Nullable;

/** A conversation in the binary protocol. */
public final class BinarySession extends CommandSession {
    /** A binary value is as long as its frame says, and nothing comes behind it. */
    private static final int NO_VALUE_END = 0;

    private final BinaryRequestDecoder decoder = new BinaryRequestDecoder();

    private final boolean casEnabled;

    /** Null where nobody has to log in. */
    private final @Nullable BinaryLogin login;

    /**
     * @param owner what a handed-off command carries as its attachment: the connection to resume
     * @param host how the client logs in; null when it need not
     */
    public BinarySession(
            DispatchContext context,
            ReplyBuffer out,
            ByteBufAllocator allocator,
            Object owner,
            @Nullable LoginHost host) {
        super(context, out, allocator, owner, NO_VALUE_END);
        casEnabled = context.cache().config().casEnabled();
        Logins logins = context.node().logins();
        login = host == null || logins == null ? null : logins.binaryLogin(host, decoder, out);
    }

    @Override
    public boolean awaitsLogin() {
        return !isAuthenticated();
    }

    private boolean isAuthenticated() {
        return login == null || login.isAuthenticated();
    }

    @Override
    int prefetch(ByteBuf requests) {
        return context.prefetch().binary(requests);
    }

    @Override
    Step next(ByteBuf in) {
        prefetchNext(in);
        return switch (decoder.decode(in, isAuthenticated())) {
            case INCOMPLETE -> Step.NEED_INPUT;
            case REQUEST -> serve(in);
            case REFUSED -> refuse(decoder.status(), decoder.bytesToSwallow(), decoder.closes());
            case BROKEN -> Step.CLOSE;
        };
    }

    private Step serve(ByteBuf in) {
        if (login != null && login.forbids()) {
            return forbid();
        }
        return switch (decoder.opcode()) {
            case SET, SETQ, ADD, ADDQ, REPLACE, REPLACEQ, APPEND, APPENDQ, PREPEND, PREPENDQ ->
                    beginStore(in);
            case GET, GETQ, GETK, GETKQ, GAT, GATQ, GATK, GATKQ, TOUCH ->
                    runItemRequest(BinaryCommands.fillFetch(command(), decoder), in);
            case DELETE, DELETEQ ->
                    runItemRequest(BinaryCommands.fillDelete(command(), decoder), in);
            case INCREMENT, INCREMENTQ, DECREMENT, DECREMENTQ ->
                    runItemRequest(BinaryCommands.fillDelta(command(), decoder), in);
            case NOOP -> success(Step.DONE);
            case QUIT -> success(Step.CLOSE);
            case QUITQ -> Step.CLOSE;
            case FLUSH, FLUSHQ, VERSION, STAT -> BinaryAdminRequests.answer(context, decoder, out);
            case SASL_LIST, SASL_AUTH, SASL_STEP -> login(in);
        };
    }

    /** What may not be read is not there, what may not be done is an error. */
    private Step forbid() {
        return switch (decoder.opcode()) {
            case GET, GETQ, GETK, GETKQ, GAT, GATQ, GATK, GATKQ -> {
                Command missed = BinaryCommands.fillFetch(command(), decoder);
                missed.fetchOutcome = FetchOutcome.MISS;
                BinaryReplies.answer(engine, decoder, missed, out);
                yield Step.DONE;
            }
            default -> refuse(BinaryStatus.FORBIDDEN, decoder.valueLength(), false);
        };
    }

    private Step success(Step next) {
        BinaryReplyEncoder.success(out.reserve(BinaryReplyEncoder.MAX_HEAD), decoder, 0);
        return next;
    }

    private Step refuse(BinaryStatus status, int bytesToSwallow, boolean closes) {
        BinaryReplies.error(decoder, status, out);
        return closes ? Step.CLOSE : swallowing(bytesToSwallow);
    }

    /** There is no login where SASL is not enabled. */
    private Step login(ByteBuf in) {
        if (login == null) {
            return refuse(BinaryStatus.UNKNOWN_COMMAND, decoder.valueLength(), false);
        }
        Step step = login.step(in);
        return step == Step.DONE ? swallowing(login.bytesToSwallow()) : step;
    }

    private Command fillStore() {
        return BinaryCommands.fillStore(command(), decoder, casEnabled);
    }

    private Step beginStore(ByteBuf in) {
        Command command = fillStore();
        return in.readableBytes() >= command.valueLength
                ? store(command, in)
                : reserve(command, in, decoder.headIndex(), decoder.headLength());
    }

    @Override
    Step completeStore(ByteBuf in, ByteBuf head) {
        decoder.decode(head, true);
        return commit(fillStore(), in);
    }

    @Override
    boolean reply(Command command, ByteBuf request) {
        return BinaryReplies.answer(engine, decoder, command, out);
    }

    @Override
    void recordDetails(Command command, PrefixStats details) {
        ByteBuf key = decoder.keyBuffer();
        int index = decoder.keyIndex();
        int length = decoder.keyLength();
        switch (command.operation) {
            case FETCH, TOUCH ->
                    details.get(key, index, length, command.fetchOutcome == FetchOutcome.HIT);
            case STORE, RESERVE -> details.set(key, index, length);
            case DELETE -> details.delete(key, index, length);
            case COMMIT, ABORT, DELTA -> {}
        }
    }

    @Override
    void refuseStore(StoreOutcome reason) {
        BinaryReplies.storeRefused(decoder, reason, out);
    }
}
