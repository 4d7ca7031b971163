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
    private static final int MAX_BYTES = 2048;

    /** {@code prepend} is the longest command with a key. */
    private static final int MAX_VERB_LENGTH = 7;

    private static final int GET = 'g' | 'e' << 8 | 't' << 16;

    private final int[] starts;
    private final int[] lengths;
    private int count;
    private int end;

    /** Words seen on the current line. */
    private int words;

    /** What the line looks like: its first word may be a verb, and more than one key may follow. */
    private boolean request;

    private boolean keyList;

    /** Where the current word begins. */
    private int wordStart;

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
        int limit = start + Math.min(in.readableBytes(), MAX_BYTES);
        count = 0;
        words = inKeyList ? 1 : 0;
        request = inKeyList;
        keyList = inKeyList;
        wordStart = start;
        end = limit;
        for (int index = start; index < limit; index += Long.BYTES) {
            long separators = ByteWords.separators(ByteWords.load(in, index));
            for (; separators != 0; separators &= separators - 1) {
                int position = index + ByteWords.firstByte(separators);
                if (position >= limit) {
                    return count;
                }
                endWord(in, position);
                if (count == starts.length) {
                    end = position + 1;
                    return count;
                }
            }
        }
        return count;
    }

    private void endWord(ByteBuf in, int position) {
        int length = position - wordStart;
        if (length > 0) {
            takeWord(in, length);
        }
        wordStart = position + 1;
        if (in.getByte(position) == '\n') {
            words = 0;
        }
    }

    private void takeWord(ByteBuf in, int length) {
        if (words++ == 0) {
            request = length <= MAX_VERB_LENGTH;
            keyList = (int) ByteWords.load(in, wordStart) << 8 == GET << 8;
        } else if (request && length <= RequestFields.MAX_KEY_LENGTH) {
            starts[count] = wordStart;
            lengths[count++] = length;
            request = keyList;
        }
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
