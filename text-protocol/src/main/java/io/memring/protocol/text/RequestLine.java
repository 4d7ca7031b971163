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

    private static final long NOREPLY = ByteWords.of("noreply");
    private static final int NOREPLY_LENGTH = 7;

    private final int[] edges = new int[2 * MAX_TOKENS];
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
        while (scanned < limit) {
            if (scanWord(ByteWords.load(in, start + scanned), limit - scanned)) {
                cutCarriageReturn();
                length = scanned + 1;
                scanned = 0;
                return true;
            }
        }
        return false;
    }

    /** Drops the memory of a line in progress. */
    void forget() {
        scanned = 0;
    }

    /** Looks at up to eight bytes; true if the newline is among them, and then not passed. */
    private boolean scanWord(long word, int available) {
        int newline = ByteWords.firstByte(ByteWords.firstEqualByte(word, ByteWords.NEWLINES));
        boolean ends = newline < Long.BYTES && newline < available;
        int count = ends ? newline : Math.min(available, Long.BYTES);
        long spaces = ByteWords.equalBytes(word, ByteWords.SPACES);
        long token = ByteWords.keep(~spaces & ByteWords.HIGH_BITS, count);
        long changes = token ^ ((token << Byte.SIZE) | inToken);
        addEdges(ends ? changes : ByteWords.keep(changes, count));
        inToken = ends ? 0 : (token >>> ((count - 1) << 3)) & 0x80;
        scanned += count;
        return ends;
    }

    private void addEdges(long changes) {
        for (long rest = changes; rest != 0 && edgeCount < edges.length; rest &= rest - 1) {
            edges[edgeCount++] = scanned + ByteWords.firstByte(rest);
        }
    }

    private void cutCarriageReturn() {
        int last = edgeCount - 1;
        if (last < 1 || edges[last] != scanned || buffer.getByte(start + scanned - 1) != '\r') {
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
