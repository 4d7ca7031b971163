package io.memring.protocol.text;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import java.nio.charset.StandardCharsets;

/**
 * The request line in progress: finds its end and its tokens as the bytes arrive.
 *
 * <p>Positions handed out are indexes into the buffer. What is remembered between two calls of
 * {@link #scan} is relative to the buffer's reader index, so the unread bytes may move meanwhile.
 */
final class RequestLine {
    /*
     * One pass finds the newline and the tokens. A word of eight bytes becomes a mask of the bytes
     * that belong to a token; a byte that differs from its left neighbour in this is an edge. Edges
     * alternate: token 0 lies between edges 0 and 1, token 1 between edges 2 and 3, and so on.
     *
     *     s e t   k   0   0   1 0 0 \r \n
     *     ^     ^ ^ ^ ^ ^ ^ ^ ^     :     the carriage return is cut off at the end
     */

    /** A line of more bytes, its end included, is not accepted. */
    static final int MAX_LENGTH = 2048;

    /** Tokens beyond these are not seen. */
    static final int MAX_TOKENS = 23;

    private static final int MAX_EDGES = 2 * MAX_TOKENS;

    private static final long NOREPLY = ByteWords.of("noreply");
    private static final int NOREPLY_LENGTH = 7;

    /** Room for those of one more word behind the last that count. */
    private final int[] edges = new int[MAX_EDGES + Long.BYTES];

    private int edgeCount;

    /** Bytes behind the reader index that have been looked at. */
    private int scanned;

    /** Bit 7 set if the last byte looked at belongs to a token. */
    private long inToken;

    private ByteBuf buffer = Unpooled.EMPTY_BUFFER;
    private int start;
    private int length;

    /** Looks at what has arrived since the last call; true once the line has ended. */
    boolean scan(ByteBuf in) {
        if (scanned == 0) {
            edgeCount = 0;
            inToken = 0;
        }
        buffer = in;
        start = in.readerIndex();
        int limit = Math.min(in.readableBytes(), MAX_LENGTH);
        int position = scanned;
        while (limit - position >= Long.BYTES) {
            long word = ByteWords.load(in, start + position);
            if (ByteWords.firstEqualByte(word, ByteWords.NEWLINES) != 0) {
                return endLine(word, position);
            }
            long token = ~ByteWords.equalBytes(word, ByteWords.SPACES) & ByteWords.HIGH_BITS;
            addEdges(token ^ ((token << Byte.SIZE) | inToken), position);
            inToken = token >>> (Long.SIZE - Byte.SIZE);
            position += Long.BYTES;
        }
        scanned = position;
        return position < limit && scanTail(ByteWords.load(in, start + position), limit - position);
    }

    /** Drops the memory of a line in progress. */
    void forget() {
        scanned = 0;
    }

    /** Looks at the last bytes that have arrived, fewer than a word. */
    private boolean scanTail(long word, int count) {
        long newline = ByteWords.firstEqualByte(word, ByteWords.NEWLINES);
        if (ByteWords.firstByte(newline) < count) {
            return endLine(word, scanned);
        }
        long token = tokenBytes(word, count);
        addEdges(ByteWords.keep(token ^ ((token << Byte.SIZE) | inToken), count), scanned);
        inToken = (token >>> ((count - 1) << 3)) & 0x80;
        scanned += count;
        return false;
    }

    /** Looks at the bytes in front of a word's newline, which is the edge of a token there. */
    private boolean endLine(long word, int position) {
        long newline = ByteWords.firstEqualByte(word, ByteWords.NEWLINES);
        int count = ByteWords.firstByte(newline);
        long token = tokenBytes(word, count);
        addEdges(token ^ ((token << Byte.SIZE) | inToken), position);
        cutCarriageReturn(position + count);
        length = position + count + 1;
        scanned = 0;
        return true;
    }

    /** The mask of the bytes of a token among the first {@code count}. */
    private static long tokenBytes(long word, int count) {
        long spaces = ByteWords.equalBytes(word, ByteWords.SPACES);
        return ByteWords.keep(~spaces & ByteWords.HIGH_BITS, count);
    }

    /** Adds the edges of one word, which may be more than count. */
    private void addEdges(long changes, int position) {
        int added = edgeCount;
        if (added == MAX_EDGES) {
            return;
        }
        for (long rest = changes; rest != 0; rest &= rest - 1) {
            edges[added++] = position + ByteWords.firstByte(rest);
        }
        edgeCount = Math.min(added, MAX_EDGES);
    }

    private void cutCarriageReturn(int newline) {
        int last = edgeCount - 1;
        if (last < 1 || edges[last] != newline || buffer.getByte(start + newline - 1) != '\r') {
            return;
        }
        edges[last]--;
        if (edges[last] == edges[last - 1]) {
            edgeCount -= 2;
        }
    }

    ByteBuf buffer() {
        return buffer;
    }

    /** Where the line begins. */
    int start() {
        return start;
    }

    /** The bytes of the whole line, its end included. */
    int length() {
        return length;
    }

    /** The tokens found so far, without one that is still growing. */
    int tokenCount() {
        return edgeCount >> 1;
    }

    int tokenStart(int token) {
        return start + edges[2 * token];
    }

    int tokenLength(int token) {
        return edges[2 * token + 1] - edges[2 * token];
    }

    int tokenEnd(int token) {
        return start + edges[2 * token + 1];
    }

    /** The first eight bytes of a token, zeros behind its end. */
    long tokenWord(int token) {
        return ByteWords.keep(ByteWords.load(buffer, tokenStart(token)), tokenLength(token));
    }

    /** Allocates; for commands that are rare. */
    String tokenText(int token) {
        return buffer.toString(tokenStart(token), tokenLength(token), StandardCharsets.ISO_8859_1);
    }

    /** Whether the last token asks for no reply. */
    boolean endsWithNoreply() {
        int last = tokenCount() - 1;
        return last >= 0 && tokenLength(last) == NOREPLY_LENGTH && tokenWord(last) == NOREPLY;
    }
}
