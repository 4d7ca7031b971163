package io.memring.server.dispatch;

import io.memring.engine.EngineWorker;
import io.memring.engine.Stat;
import io.memring.engine.command.Command;
import io.memring.engine.command.Operation;
import io.memring.engine.command.StoreMode;
import io.memring.engine.command.StoreOutcome;
import io.memring.engine.command.Upload;
import io.memring.protocol.text.TextError;
import io.memring.protocol.text.TextReply;
import io.memring.protocol.text.TextRequestDecoder;
import io.memring.protocol.text.Verb;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

import org.jspecify.annotations.Nullable;

/** A conversation in the classic text and meta protocols. */
public final class TextSession implements ProtocolSession {
    /*
     * Between two steps the session is in one of four states, the first that holds:
     *
     *   swallow > 0         the rest of a refused value is dropped as it comes
     *   upload is open      a value is arriving and goes straight into its chunk
     *   in a key list       keys of a get line are answered as they are decoded
     *   otherwise           a request line is awaited
     *
     * A value that arrives in pieces outlives the buffer its request line was in. The line is kept
     * (savedLine) and decoded once more when the value is complete, so that nothing about the
     * request has to be remembered in any other form.
     */
    private static final short CRLF = '\r' | '\n' << 8;
    private static final int CRLF_LENGTH = 2;

    private final DispatchContext context;
    private final EngineWorker engine;
    private final ReplyBuffer out;
    private final ByteBufAllocator allocator;
    private final Object owner;
    private final TextRequestDecoder decoder = new TextRequestDecoder();

    private Verb verb = Verb.INCOMPLETE;
    private boolean started;
    private boolean inKeyList;
    private long swallow;
    private @Nullable Upload upload;
    private @Nullable ByteBuf savedLine;

    /**
     * @param owner what a handed-off command carries as its attachment: the connection to resume
     */
    public TextSession(
            DispatchContext context, ReplyBuffer out, ByteBufAllocator allocator, Object owner) {
        this.context = context;
        this.engine = context.engine();
        this.out = out;
        this.allocator = allocator;
        this.owner = owner;
    }

    @Override
    public boolean isNew() {
        return !started;
    }

    @Override
    public Step step(ByteBuf in) {
        started = true;
        if (swallow > 0) {
            return swallow(in);
        }
        if (savedLine != null) {
            return receiveValue(in, savedLine);
        }
        return inKeyList ? answerKeys(in) : decodeRequest(in);
    }

    private Step swallow(ByteBuf in) {
        int length = (int) Math.min(swallow, in.readableBytes());
        in.skipBytes(length);
        swallow -= length;
        return swallow == 0 ? Step.DONE : Step.NEED_INPUT;
    }

    private Step decodeRequest(ByteBuf in) {
        verb = decoder.decode(in);
        return switch (verb) {
            case INCOMPLETE -> Step.NEED_INPUT;
            case GET, GETS, GAT, GATS -> beginKeys(in);
            case SET, ADD, REPLACE, APPEND, PREPEND, CAS, META_SET -> beginStore(in);
            case INCR, DECR, DELETE, TOUCH, META_GET, META_DELETE, META_ARITHMETIC, META_DEBUG ->
                    runItemRequest(in);
            case META_NOOP -> reply(TextReply.MN);
            case UNKNOWN, SLABS, LRU, LRU_CRAWLER, WATCH, REFRESH_CERTS, EXTSTORE ->
                    reply(TextReply.ERROR);
            case INVALID -> refuse(decoder.error(), decoder.bytesToSwallow());
            case CLOSE, QUIT -> Step.CLOSE;
            case FLUSH_ALL, VERSION, VERBOSITY, SHUTDOWN, STATS, CACHE_MEMLIMIT, DEBUGTIME ->
                    AdminRequests.answer(context, decoder, verb, out);
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
        swallow = bytesToSwallow;
        return Step.DONE;
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
            switch (decoder.nextKey(in)) {
                case KEY -> {
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

    private Step runItemRequest(ByteBuf in) {
        Command command = TextCommands.fill(command(), decoder, verb);
        return run(command, in) ? Step.DONE : Step.HANDED_OFF;
    }

    // Storage: the value is copied once, from the input to its chunk.

    private Step beginStore(ByteBuf in) {
        Command command = TextCommands.fillStore(command(), decoder, verb);
        if (isWholeValue(in, command.valueLength)) {
            command.valueAddress = in.memoryAddress() + in.readerIndex();
            swallow = command.valueLength + (long) CRLF_LENGTH;
            return run(command, in) ? swallow(in) : Step.HANDED_OFF;
        }
        command.operation = Operation.RESERVE;
        command.upload = openUpload();
        saveLine(in);
        return run(command, in) ? Step.DONE : Step.HANDED_OFF;
    }

    private static boolean isWholeValue(ByteBuf in, int length) {
        return in.readableBytes() - CRLF_LENGTH >= length
                && in.getShortLE(in.readerIndex() + length) == CRLF;
    }

    private Upload openUpload() {
        Upload open = upload;
        if (open == null) {
            open = new Upload();
            upload = open;
        }
        return open;
    }

    private void saveLine(ByteBuf in) {
        int length = decoder.lineLength();
        ByteBuf line = allocator.directBuffer(length);
        line.writeBytes(in, decoder.lineStart(), length);
        savedLine = line;
    }

    private void dropSavedLine() {
        ByteBuf line = savedLine;
        if (line != null) {
            savedLine = null;
            line.release();
        }
    }

    private Step receiveValue(ByteBuf in, ByteBuf line) {
        Upload target = openUpload();
        int length = Math.min(in.readableBytes(), target.remaining);
        if (length > 0) {
            engine.write(target, in.memoryAddress() + in.readerIndex(), length);
            in.skipBytes(length);
        }
        if (target.remaining > 0 || in.readableBytes() < CRLF_LENGTH) {
            return Step.NEED_INPUT;
        }
        verb = decoder.decode(line);
        if (in.readShortLE() != CRLF) {
            return refuseDataChunk(target);
        }
        Command command = TextCommands.fillStore(command(), decoder, verb);
        command.operation = Operation.COMMIT;
        command.upload = target;
        return run(command, in) ? Step.DONE : Step.HANDED_OFF;
    }

    private Step refuseDataChunk(Upload target) {
        engine.abort(target);
        engine.count(Stat.CMD_SET);
        dropSavedLine();
        return refuse(TextError.BAD_DATA_CHUNK, 0);
    }

    // Running a command, here or by the stripe's owner.

    private Command command() {
        return context.command();
    }

    /** True when the command is done and answered, false when it was handed off. */
    private boolean run(Command command, ByteBuf in) {
        do {
            if (!engine.execute(command)) {
                command.attachment = owner;
                context.detachCommand();
                return false;
            }
        } while (!answer(command, in));
        return true;
    }

    @Override
    public Step resume(Command command, ByteBuf in) {
        boolean answered = answer(command, in);
        if (!answered) {
            throw new IllegalStateException("a handed-off command came back unfinished");
        }
        context.giveBack(command);
        return Step.DONE;
    }

    /** Writes the reply; false when what was read has been overtaken and must be read again. */
    private boolean answer(Command command, ByteBuf in) {
        return switch (command.operation) {
            case RESERVE -> answerReserve(command);
            case COMMIT -> answerCommit(command);
            default -> TextReplies.answer(engine, decoder, verb, command, in, out);
        };
    }

    private boolean answerReserve(Command command) {
        if (command.storeOutcome != StoreOutcome.STORED) {
            dropSavedLine();
            swallow = command.valueLength + (long) CRLF_LENGTH;
            TextReplies.storeRefused(decoder, verb, command.storeOutcome, out);
        }
        return true;
    }

    private boolean answerCommit(Command command) {
        ByteBuf line = savedLine;
        if (line == null) {
            throw new IllegalStateException("a commit belongs to a saved line");
        }
        TextReplies.answer(engine, decoder, verb, command, line, out);
        dropSavedLine();
        return true;
    }

    @Override
    public void close() {
        Upload open = upload;
        if (open != null && open.isOpen()) {
            engine.abort(open);
        }
        dropSavedLine();
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
