package io.memring.protocol.text;

import io.netty.buffer.ByteBuf;

/**
 * Guesses the keys of the requests that wait in an input, before any of them is decoded, so that
 * the memory behind all of them can be fetched at once instead of one after the other.
 *
 * <p>A guess costs nothing but time when it is wrong: in the lines that look like requests, and
 * those of values may, the second word is taken for a key, and the words behind it if the first
 * begins with {@code get}. One per worker; what was found holds until the next {@link #scan}.
 */
public final class KeyLookahead {
    /** Bytes that one scan looks at at most. */
    public static final int MAX_BYTES = 2 << 10;

    /** {@code prepend} is the longest command with a key. */
    private static final int MAX_VERB_LENGTH = 7;

    private static final int GET_SPACE = 'g' | 'e' << 8 | 't' << 16 | ' ' << 24;
    private static final int GETS = 'g' | 'e' << 8 | 't' << 16 | 's' << 24;
    private static final int GET_SPACE_LENGTH = 4;

    private final int[] starts;
    private final int[] lengths;
    private int count;

    /** Where this scan ends. */
    private int limit;

    private int end;

    /** Finds {@code maxKeys} keys at most in one scan. */
    public KeyLookahead(int maxKeys) {
        starts = new int[maxKeys];
        lengths = new int[maxKeys];
    }

    /**
     * Looks for keys from the reader index on, which moves nothing.
     *
     * @param inKeyList the reader index is among the keys of a retrieval, not at a line's start
     * @return the number of keys found
     */
    public int scan(ByteBuf in, boolean inKeyList) {
        int start = in.readerIndex();
        limit = start + Math.min(in.readableBytes(), MAX_BYTES);
        end = limit;
        count = 0;
        int line = inKeyList ? takeKeys(in, start) : start;
        while (line < limit) {
            line = takeLine(in, line);
        }
        return count;
    }

    /** Takes the key of a line, or the keys, and returns where the next line begins. */
    private int takeLine(ByteBuf in, int line) {
        int verb = (int) ByteWords.load(in, line);
        if (verb == GET_SPACE) {
            return takeKeys(in, line + GET_SPACE_LENGTH);
        }
        int verbEnd = findSeparator(in, line);
        if (verbEnd - line > MAX_VERB_LENGTH || verbEnd == limit || in.getByte(verbEnd) != ' ') {
            return nextLine(in, verbEnd);
        }
        if (verb == GETS) {
            return takeKeys(in, verbEnd + 1);
        }
        int keyEnd = findSeparator(in, verbEnd + 1);
        return takeKey(verbEnd + 1, keyEnd) ? nextLine(in, keyEnd) : limit;
    }

    private int takeKeys(ByteBuf in, int from) {
        int key = from;
        while (key < limit) {
            int keyEnd = findSeparator(in, key);
            if (!takeKey(key, keyEnd)) {
                return limit;
            }
            if (in.getByte(keyEnd) != ' ') {
                return nextLine(in, keyEnd);
            }
            key = keyEnd + 1;
        }
        return limit;
    }

    /** False when the scan is over: the key has not ended, or there is no room for another. */
    private boolean takeKey(int start, int keyEnd) {
        int length = keyEnd - start;
        if (keyEnd == limit) {
            return false;
        }
        if (length > 0 && length <= RequestFields.MAX_KEY_LENGTH) {
            starts[count] = start;
            lengths[count++] = length;
            if (count == starts.length) {
                end = keyEnd + 1;
                return false;
            }
        }
        return true;
    }

    /** The first separator from here on; the limit if there is none. */
    private int findSeparator(ByteBuf in, int from) {
        for (int index = from; index < limit; index += Long.BYTES) {
            long separators = ByteWords.separators(ByteWords.load(in, index));
            if (separators != 0) {
                return Math.min(index + ByteWords.firstByte(separators), limit);
            }
        }
        return limit;
    }

    /** Behind the first newline from here on; the limit if there is none. */
    private int nextLine(ByteBuf in, int from) {
        for (int index = from; index < limit; index += Long.BYTES) {
            long newlines = ByteWords.firstEqualByte(ByteWords.load(in, index), ByteWords.NEWLINES);
            if (newlines != 0) {
                return Math.min(index + ByteWords.firstByte(newlines) + 1, limit);
            }
        }
        return limit;
    }

    /** Where a key that was found begins in the input. */
    public int keyIndex(int key) {
        return starts[key];
    }

    public int keyLength(int key) {
        return lengths[key];
    }

    /** The input has been looked at up to here. */
    public int end() {
        return end;
    }
}
