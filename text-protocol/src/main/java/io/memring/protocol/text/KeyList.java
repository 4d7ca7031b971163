package io.memring.protocol.text;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

/**
 * The keys of a retrieval command, taken one at a time, so that the line may be of any length
 * without ever being in memory as a whole.
 */
final class KeyList {
    private boolean anyKey;

    /** Why the line is being dropped, or would be if it had a key; null if all is well. */
    private @Nullable TextError error;

    private boolean dropping;

    /** Bytes behind the reader index known to hold neither a space nor a newline. */
    private int scanned;

    /** Once the last key was given out: the bytes of the line end, which is all that is left. */
    private int lineEnd;

    /** Begins a list. With an error the keys are not given out, the error is, if there are any. */
    void begin(@Nullable TextError errorIfAnyKey) {
        anyKey = false;
        error = errorIfAnyKey;
        dropping = false;
        scanned = 0;
        lineEnd = 0;
    }

    KeyStatus next(ByteBuf in, RequestFields request) {
        if (lineEnd > 0) {
            in.readerIndex(in.readerIndex() + lineEnd);
            return KeyStatus.END;
        }
        if (dropping) {
            return drop(in, request);
        }
        if (scanned == 0) {
            skipSpaces(in);
        }
        int start = in.readerIndex();
        int end = findEnd(in, start + scanned);
        return end >= 0 ? take(in, start, end, request) : waitForEnd(in, request);
    }

    /** Takes what lies in front of a space or newline, which may be nothing. */
    private KeyStatus take(ByteBuf in, int start, int end, RequestFields request) {
        scanned = 0;
        boolean lineEnds = in.getByte(end) == '\n';
        boolean carriageReturn = lineEnds && end > start && in.getByte(end - 1) == '\r';
        int length = (carriageReturn ? end - 1 : end) - start;
        if (length == 0) {
            in.readerIndex(end + 1);
            return anyKey ? KeyStatus.END : invalid(request, TextError.BAD_COMMAND_LINE);
        }
        if (error != null || length > RequestFields.MAX_KEY_LENGTH) {
            return reject(in, request);
        }
        anyKey = true;
        request.key(in, start, length);
        if (lineEnds) {
            lineEnd = end + 1 - start - length;
            in.readerIndex(start + length);
        } else {
            in.readerIndex(end + 1);
        }
        return KeyStatus.KEY;
    }

    private KeyStatus waitForEnd(ByteBuf in, RequestFields request) {
        scanned = in.readableBytes();
        // One more than the longest key may be its carriage return.
        return scanned > RequestFields.MAX_KEY_LENGTH + 1
                ? reject(in, request)
                : KeyStatus.INCOMPLETE;
    }

    private static void skipSpaces(ByteBuf in) {
        int index = in.readerIndex();
        int limit = in.writerIndex();
        while (index < limit && in.getByte(index) == ' ') {
            index++;
        }
        in.readerIndex(index);
    }

    /** Where the next space or newline is, -1 if none has arrived. */
    private static int findEnd(ByteBuf in, int from) {
        int limit = in.writerIndex();
        for (int index = from; index < limit; index += Long.BYTES) {
            long word = ByteWords.load(in, index);
            long ends =
                    ByteWords.firstEqualByte(word, ByteWords.SPACES)
                            | ByteWords.firstEqualByte(word, ByteWords.NEWLINES);
            if (ends != 0) {
                int end = index + ByteWords.firstByte(ends);
                return end < limit ? end : -1;
            }
        }
        return -1;
    }

    private KeyStatus reject(ByteBuf in, RequestFields request) {
        dropping = true;
        return drop(in, request);
    }

    private KeyStatus drop(ByteBuf in, RequestFields request) {
        int newline = in.indexOf(in.readerIndex(), in.writerIndex(), (byte) '\n');
        if (newline < 0) {
            in.readerIndex(in.writerIndex());
            return KeyStatus.INCOMPLETE;
        }
        in.readerIndex(newline + 1);
        return invalid(request, error == null ? TextError.BAD_COMMAND_LINE : error);
    }

    private static KeyStatus invalid(RequestFields request, TextError reason) {
        request.error = reason;
        return KeyStatus.INVALID;
    }
}
