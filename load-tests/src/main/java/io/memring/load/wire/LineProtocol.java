package io.memring.load.wire;

import io.memring.load.result.CommandKind;
import io.memring.load.workload.KeySpace;
import io.memring.load.workload.ValueText;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/** What the two protocols of lines have in common: lines, and values behind some of them. */
abstract sealed class LineProtocol extends Protocol permits TextProtocol, MetaProtocol {

    /** Longer lines are not a reply. */
    private static final int MAX_LINE = 4096;

    private static final int MAX_DIGITS = 19;
    private static final byte[] ERROR = ascii("ERROR");
    private static final byte[] CLIENT_ERROR = ascii("CLIENT_ERROR ");
    private static final byte[] SERVER_ERROR = ascii("SERVER_ERROR ");

    private final Words words;

    LineProtocol(KeySpace keys, KeySpace counters, ValueText values, Words words) {
        super(keys, counters, values);
        this.words = words;
    }

    /** What a protocol calls the replies that both have. */
    static final class Words {
        final byte[] value;
        final byte[] notFound;
        final byte[] notStored;
        final byte[] exists;

        Words(String value, String notFound, String notStored, String exists) {
            this.value = ascii(value);
            this.notFound = ascii(notFound);
            this.notStored = ascii(notStored);
            this.exists = ascii(exists);
        }
    }

    /**
     * Hands out a value, if it is there as a whole.
     *
     * @return the position behind it
     */
    abstract int value(byte[] in, int at, int lineFeed, int to, ReplySink sink)
            throws ReplyException;

    /**
     * What a line says that is no value, no failure and no error.
     *
     * @return null if it is none of that kind's good replies
     */
    abstract @Nullable Outcome success(byte[] in, int at, int lineFeed, CommandKind kind);

    @Override
    public final int parse(byte[] in, int from, int to, ReplySink sink) throws ReplyException {
        int at = from;
        while (at < to) {
            int lineFeed = findLine(in, at, to);
            if (lineFeed < 0) {
                break;
            }
            if (startsWith(in, at, lineFeed, words.value)) {
                int next = value(in, at, lineFeed, to, sink);
                if (next > to) {
                    sink.onIncomplete(next - at);
                    break;
                }
                at = next;
            } else {
                line(in, at, lineFeed, sink);
                at = lineFeed + 1;
            }
        }
        return at - from;
    }

    /** Takes a line that begins no value: it ends the oldest request. */
    private void line(byte[] in, int at, int lineFeed, ReplySink sink) throws ReplyException {
        CommandKind kind = sink.current();
        if (kind == null) {
            throw unexpected(in, at, lineFeed);
        }
        Outcome success = success(in, at, lineFeed, kind);
        if (success != null) {
            sink.onDone(success);
        } else if (isLine(in, at, lineFeed, words.notFound)
                || isLine(in, at, lineFeed, words.notStored)) {
            sink.onDone(Outcome.MISSED);
        } else if (isLine(in, at, lineFeed, words.exists)) {
            sink.onDone(Outcome.CONFLICT);
        } else {
            error(in, at, lineFeed, sink);
        }
    }

    /** The position of the line feed of a line that begins here; -1 if it is not there yet. */
    static int findLine(byte[] in, int from, int to) throws ReplyException {
        int lineFeed = lineFeed(in, from, to);
        if (lineFeed < 0 && to - from > MAX_LINE) {
            throw unexpected(in, from, to);
        }
        return lineFeed;
    }

    /** The position of the next line feed, or -1. */
    static int lineFeed(byte[] in, int from, int to) {
        for (int i = from; i < to; i++) {
            if (in[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    /** Whether a line is this word and CRLF. */
    static boolean isLine(byte[] in, int from, int lineFeed, byte[] word) {
        return lineFeed - from == word.length + 1
                && in[lineFeed - 1] == '\r'
                && Arrays.equals(in, from, lineFeed - 1, word, 0, word.length);
    }

    static boolean startsWith(byte[] in, int from, int to, byte[] word) {
        return to - from >= word.length
                && Arrays.equals(in, from, from + word.length, word, 0, word.length);
    }

    /** Refuses a value behind which its line does not end. */
    static void checkValueEnd(byte[] in, int valueEnd, int at, int lineFeed) throws ReplyException {
        if (in[valueEnd] != '\r' || in[valueEnd + 1] != '\n') {
            throw new ReplyException("a value without its line end: " + shown(in, at, lineFeed));
        }
    }

    /** A number without a sign, or -1; unique numbers beyond 2^63 do not occur. */
    static long decimal(byte[] in, int from, int to) {
        if (from >= to || to - from > MAX_DIGITS) {
            return -1;
        }
        long number = 0;
        for (int i = from; i < to; i++) {
            int digit = in[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    /** Ends the current request, if the line is an error that a server may answer. */
    static void error(byte[] in, int at, int lineFeed, ReplySink sink) throws ReplyException {
        if (startsWith(in, at, lineFeed, ERROR)
                || startsWith(in, at, lineFeed, CLIENT_ERROR)
                || startsWith(in, at, lineFeed, SERVER_ERROR)) {
            sink.onError(shown(in, at, lineFeed));
        } else {
            throw unexpected(in, at, lineFeed);
        }
    }
}
