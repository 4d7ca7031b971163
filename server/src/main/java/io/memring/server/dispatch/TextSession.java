package io.memring.server.dispatch;

import io.memring.engine.Stat;
import io.memring.engine.command.Command;
import io.memring.engine.command.FetchOutcome;
import io.memring.engine.command.StoreMode;
import io.memring.engine.command.StoreOutcome;
import io.memring.protocol.text.TextError;
import io.memring.protocol.text.TextReply;
import io.memring.protocol.text.TextRequestDecoder;
import io.memring.protocol.text.Verb;
import io.memring.sasl.Permissions;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

import org.jspecify.annotations.Nullable;

/** A conversation in the classic text and meta protocols. */
public final class TextSession extends CommandSession {
    private static final short CRLF = '\r' | '\n' << 8;
    private static final int CRLF_LENGTH = 2;

    /**
     * Taken from the worker when a request begins, and given back when it has ended, so that the
     * next connection finds it in the processor's cache. A request that has failed unexpectedly
     * keeps it: who knows what is in it.
     */
    private TextRequestDecoder decoder;

    /** A request is in progress: the decoder knows how far, and the worker has not got it back. */
    private boolean keepsDecoder = true;

    private Verb verb = Verb.INCOMPLETE;

    /** Keys of a get line are answered as they are decoded. */
    private boolean inKeyList;

    /** What the user may not do; null when it may do everything. */
    private final @Nullable AccessGuard guard;

    /**
     * @param owner what a handed-off command carries as its attachment: the connection to resume
     * @param permissions what the client may do
     */
    public TextSession(
            DispatchContext context,
            ReplyBuffer out,
            ByteBufAllocator allocator,
            Object owner,
            Permissions permissions) {
        super(context, out, allocator, owner, CRLF_LENGTH);
        guard = AccessGuard.of(permissions);
        decoder = context.takeTextDecoder();
    }

    @Override
    int prefetch(ByteBuf requests) {
        return context.prefetch().text(requests, inKeyList);
    }

    @Override
    public boolean awaitsLogin() {
        return false;
    }

    @Override
    Step next(ByteBuf in) {
        takeDecoder();
        return giveBackDecoderAfter(inKeyList ? answerKeys(in) : decodeRequest(in));
    }

    private void takeDecoder() {
        if (!keepsDecoder) {
            decoder = context.takeTextDecoder();
            keepsDecoder = true;
        }
    }

    private Step giveBackDecoderAfter(Step step) {
        if (step == Step.DONE) {
            context.giveBack(decoder);
            keepsDecoder = false;
        }
        return step;
    }

    private Step decodeRequest(ByteBuf in) {
        prefetchNext(in);
        verb = decoder.decode(in);
        if (guard != null && guard.forbids(verb, decoder)) {
            return forbid(in);
        }
        return switch (verb) {
            case INCOMPLETE -> Step.NEED_INPUT;
            case GET, GETS, GAT, GATS -> beginKeys(in);
            case SET, ADD, REPLACE, APPEND, PREPEND, CAS, META_SET -> beginStore(in);
            case INCR, DECR, DELETE, TOUCH, META_GET, META_DELETE, META_ARITHMETIC, META_DEBUG ->
                    runItemRequest(TextCommands.fill(command(), decoder, verb), in);
            case META_NOOP -> reply(TextReply.MN);
            case UNKNOWN, SLABS, LRU, LRU_CRAWLER, WATCH, EXTSTORE -> reply(TextReply.ERROR);
            case INVALID -> refuse(decoder.error(), decoder.bytesToSwallow());
            case CLOSE, QUIT -> Step.CLOSE;
            case FLUSH_ALL,
                    VERSION,
                    VERBOSITY,
                    SHUTDOWN,
                    STATS,
                    CACHE_MEMLIMIT,
                    DEBUGTIME,
                    REFRESH_CERTS ->
                    AdminRequests.answer(context, decoder, verb, out);
        };
    }

    /** What may not be read is not there, what may not be done is an error. */
    private Step forbid(ByteBuf in) {
        return switch (verb) {
            case META_GET, META_DEBUG -> {
                Command missed = TextCommands.fill(command(), decoder, verb);
                missed.fetchOutcome = FetchOutcome.MISS;
                reply(missed, in);
                yield Step.DONE;
            }
            case SET, ADD, REPLACE, APPEND, PREPEND, CAS, META_SET ->
                    refuse(TextError.FORBIDDEN, decoder.valueLength() + (long) CRLF_LENGTH);
            default -> refuse(TextError.FORBIDDEN, 0);
        };
    }

    private Step reply(TextReply reply) {
        if (!decoder.noreply()) {
            reply.writeTo(out.reserve(TextReplies.MAX_LINE));
        }
        return Step.DONE;
    }

    private Step refuse(TextError error, long bytesToSwallow) {
        if (!decoder.noreply()) {
            error.writeTo(out.reserve(TextReplies.MAX_LINE));
        }
        return swallowing(bytesToSwallow);
    }

    // Retrieval: keys are answered one by one.

    private Step beginKeys(ByteBuf in) {
        inKeyList = true;
        out.mark();
        return answerKeys(in);
    }

    private Step answerKeys(ByteBuf in) {
        while (true) {
            if (out.isFull()) {
                out.release();
                return Step.OUTPUT_FULL;
            }
            prefetchNext(in);
            switch (decoder.nextKey(in)) {
                case KEY -> {
                    if (guard != null && guard.forbidsKey(verb, decoder)) {
                        continue; // As if there were no such item.
                    }
                    if (!run(TextCommands.fillFetch(command(), decoder, verb), in)) {
                        return Step.HANDED_OFF;
                    }
                }
                case END -> {
                    return endKeys(TextReply.END);
                }
                case INVALID -> {
                    out.rewind();
                    inKeyList = false;
                    return refuse(decoder.error(), 0);
                }
                case INCOMPLETE -> {
                    return Step.NEED_INPUT;
                }
            }
        }
    }

    private Step endKeys(TextReply end) {
        inKeyList = false;
        out.release();
        end.writeTo(out.reserve(TextReplies.MAX_LINE));
        return Step.DONE;
    }

    private Step beginStore(ByteBuf in) {
        Command command = TextCommands.fillStore(command(), decoder, verb);
        return isWholeValue(in, command.valueLength)
                ? store(command, in)
                : reserve(command, in, decoder.lineStart(), decoder.lineLength());
    }

    private static boolean isWholeValue(ByteBuf in, int length) {
        return in.readableBytes() - CRLF_LENGTH >= length
                && in.getShortLE(in.readerIndex() + length) == CRLF;
    }

    @Override
    Step completeStore(ByteBuf in, ByteBuf head) {
        takeDecoder();
        return giveBackDecoderAfter(decodeAndCommit(in, head));
    }

    private Step decodeAndCommit(ByteBuf in, ByteBuf head) {
        verb = decoder.decode(head);
        if (in.readShortLE() != CRLF) {
            abortStore();
            engine.count(Stat.CMD_SET);
            return refuse(TextError.BAD_DATA_CHUNK, 0);
        }
        return commit(TextCommands.fillStore(command(), decoder, verb), in);
    }

    @Override
    boolean reply(Command command, ByteBuf request) {
        return TextReplies.answer(engine, decoder, verb, command, request, out);
    }

    @Override
    void recordDetails(Command command, PrefixStats details) {
        ByteBuf key = decoder.keyBuffer();
        int index = decoder.keyIndex();
        int length = decoder.keyLength();
        switch (verb) {
            case GET, GETS, GAT, GATS ->
                    details.get(key, index, length, command.fetchOutcome == FetchOutcome.HIT);
            case SET, ADD, REPLACE, APPEND, PREPEND, CAS -> details.set(key, index, length);
            case DELETE -> details.delete(key, index, length);
            default -> {}
        }
    }

    @Override
    void refuseStore(StoreOutcome reason) {
        TextReplies.storeRefused(decoder, verb, reason, out);
    }

    /** The mode of a storage verb. */
    static StoreMode storeMode(Verb verb) {
        return switch (verb) {
            case ADD -> StoreMode.ADD;
            case REPLACE -> StoreMode.REPLACE;
            case APPEND -> StoreMode.APPEND;
            case PREPEND -> StoreMode.PREPEND;
            default -> StoreMode.SET;
        };
    }
}
