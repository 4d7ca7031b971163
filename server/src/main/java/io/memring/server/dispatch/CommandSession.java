package io.memring.server.dispatch;

import io.memring.engine.EngineWorker;
import io.memring.engine.command.Command;
import io.memring.engine.command.Operation;
import io.memring.engine.command.StoreOutcome;
import io.memring.engine.command.Upload;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

import org.jspecify.annotations.Nullable;

/**
 * What conversations have in common in every protocol: commands that run here or by the stripe's
 * owner, values that arrive in pieces, and values that are refused.
 */
abstract sealed class CommandSession implements ProtocolSession permits BinarySession, TextSession {
    /*
     * Between two steps a session is in one of three states, the first that holds:
     *
     *   swallow > 0         the rest of a refused value is dropped as it comes
     *   upload is open      a value is arriving and goes straight into its chunk
     *   otherwise           the protocol's own: the next request is awaited
     *
     * A value that arrives in pieces outlives the buffer its request was in. The request without
     * its value is kept (savedHead) and decoded once more when the value is complete, so that
     * nothing about it has to be remembered in any other form.
     */
    final DispatchContext context;
    final EngineWorker engine;
    final ReplyBuffer out;

    private final PrefixStats details;
    private final ByteBufAllocator allocator;
    private final Object owner;
    private final int valueEndLength;

    /** Up to this index the input's keys have been prefetched. */
    private int prefetchedTo;

    private long swallow;
    private @Nullable Upload upload;
    private @Nullable ByteBuf savedHead;

    /**
     * @param owner what a handed-off command carries as its attachment: the connection to resume
     * @param valueEndLength bytes that the protocol puts behind a value
     */
    CommandSession(
            DispatchContext context,
            ReplyBuffer out,
            ByteBufAllocator allocator,
            Object owner,
            int valueEndLength) {
        this.context = context;
        this.engine = context.engine();
        this.details = context.prefixStats();
        this.out = out;
        this.allocator = allocator;
        this.owner = owner;
        this.valueEndLength = valueEndLength;
    }

    @Override
    public final int lookAhead(ByteBuf requests) {
        return isReceivingValue() ? requests.readerIndex() : prefetch(requests);
    }

    @Override
    public final void begin(int lookedAheadTo) {
        prefetchedTo = lookedAheadTo;
    }

    @Override
    public final boolean isReceivingValue() {
        return swallow > 0 || savedHead != null;
    }

    @Override
    public final Step step(ByteBuf in) {
        if (swallow > 0) {
            return swallow(in);
        }
        ByteBuf head = savedHead;
        return head == null ? next(in) : receiveValue(in, head);
    }

    /** To be called before each key is decoded: prefetches it and those behind it together. */
    final void prefetchNext(ByteBuf in) {
        if (in.readerIndex() >= prefetchedTo) {
            prefetchedTo = prefetch(in);
        }
    }

    /** Prefetches the keys of the next requests, and returns the index up to which it has. */
    abstract int prefetch(ByteBuf requests);

    /** Works on the next request. */
    abstract Step next(ByteBuf in);

    /** Counts an answered request by the prefix of its key, where {@code stats detail} does so. */
    abstract void recordDetails(Command command, PrefixStats details);

    /** Writes the reply; false when what was read has been overtaken and must be read again. */
    abstract boolean reply(Command command, ByteBuf request);

    /** Answers a store for whose value there is no room. */
    abstract void refuseStore(StoreOutcome reason);

    /** Drops what comes next: a refused value. */
    final Step swallowing(long bytes) {
        swallow = bytes;
        return Step.DONE;
    }

    private Step swallow(ByteBuf in) {
        int length = (int) Math.min(swallow, in.readableBytes());
        in.skipBytes(length);
        swallow -= length;
        return swallow == 0 ? Step.DONE : Step.NEED_INPUT;
    }

    // Storage: a value is copied once, from the input to its chunk.

    /** Stores a value that is in the input as a whole. */
    final Step store(Command command, ByteBuf in) {
        command.valueAddress = in.memoryAddress() + in.readerIndex();
        swallow = command.valueLength + (long) valueEndLength;
        return run(command, in) ? swallow(in) : Step.HANDED_OFF;
    }

    /** Reserves a chunk for a value that is still arriving, and keeps its request. */
    final Step reserve(Command command, ByteBuf in, int headIndex, int headLength) {
        command.operation = Operation.RESERVE;
        command.upload = openUpload();
        ByteBuf head = allocator.directBuffer(headLength);
        head.writeBytes(in, headIndex, headLength);
        savedHead = head;
        return run(command, in) ? Step.DONE : Step.HANDED_OFF;
    }

    private Upload openUpload() {
        Upload open = upload;
        if (open == null) {
            open = new Upload();
            upload = open;
        }
        return open;
    }

    private void dropSavedHead() {
        ByteBuf head = savedHead;
        if (head != null) {
            savedHead = null;
            head.release();
        }
    }

    private Step receiveValue(ByteBuf in, ByteBuf head) {
        Upload target = openUpload();
        int length = Math.min(in.readableBytes(), target.remaining);
        if (length > 0) {
            engine.write(target, in.memoryAddress() + in.readerIndex(), length);
            in.skipBytes(length);
        }
        return target.remaining > 0 || in.readableBytes() < valueEndLength
                ? Step.NEED_INPUT
                : completeStore(in, head);
    }

    /** The value is in its chunk; decodes its request once more, and commits it. */
    abstract Step completeStore(ByteBuf in, ByteBuf head);

    /** Makes the value that has arrived visible. */
    final Step commit(Command command, ByteBuf in) {
        command.operation = Operation.COMMIT;
        command.upload = openUpload();
        return run(command, in) ? Step.DONE : Step.HANDED_OFF;
    }

    /** Gives back the chunk of a value that is not to be stored. */
    final void abortStore() {
        engine.abort(openUpload());
        dropSavedHead();
    }

    // Running a command, here or by the stripe's owner.

    final Command command() {
        return context.command();
    }

    final Step runItemRequest(Command command, ByteBuf in) {
        return run(command, in) ? Step.DONE : Step.HANDED_OFF;
    }

    /** True when the command is done and answered, false when it was handed off. */
    final boolean run(Command command, ByteBuf in) {
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
    public final Step resume(Command command, ByteBuf in) {
        boolean answered = answer(command, in);
        if (!answered) {
            throw new IllegalStateException("a handed-off command came back unfinished");
        }
        context.giveBack(command);
        return Step.DONE;
    }

    private boolean answer(Command command, ByteBuf in) {
        boolean answered =
                switch (command.operation) {
                    case RESERVE -> answerReserve(command);
                    case COMMIT -> answerCommit(command);
                    default -> reply(command, in);
                };
        if (details.isEnabled() && answered && command.operation != Operation.COMMIT) {
            recordDetails(command, details);
        }
        return answered;
    }

    private boolean answerReserve(Command command) {
        if (command.storeOutcome != StoreOutcome.STORED) {
            dropSavedHead();
            swallow = command.valueLength + (long) valueEndLength;
            refuseStore(command.storeOutcome);
        }
        return true;
    }

    private boolean answerCommit(Command command) {
        ByteBuf head = savedHead;
        if (head == null) {
            throw new IllegalStateException("a commit belongs to a saved request");
        }
        reply(command, head);
        dropSavedHead();
        return true;
    }

    @Override
    public void close() {
        Upload open = upload;
        if (open != null && open.isOpen()) {
            engine.abort(open);
        }
        dropSavedHead();
    }
}
