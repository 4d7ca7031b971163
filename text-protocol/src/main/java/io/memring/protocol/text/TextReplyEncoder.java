package io.memring.protocol.text;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * Writes the variable replies of the classic commands. Nothing is allocated. {@code value} and
 * {@code valueWithCas} need {@link #MAX_VALUE_HEADER} writable bytes, the others make room
 * themselves.
 */
public final class TextReplyEncoder {
    /** The room that the longest {@code VALUE} line takes, rounded up to whole words. */
    public static final int MAX_VALUE_HEADER = 320;

    private static final short CRLF = '\r' | '\n' << 8;

    private TextReplyEncoder() {}

    /** {@code VALUE <key> <flags> <bytes>\r\n}. */
    public static void value(
            ByteBuf out, ByteBuf key, int keyIndex, int keyLength, int clientFlags, int valueLength) {
        valuePrefix(out, key, keyIndex, keyLength, clientFlags, valueLength);
        out.writeShortLE(CRLF);
    }

    /** {@code VALUE <key> <flags> <bytes> <cas>\r\n}. */
    public static void valueWithCas(
            ByteBuf out,
            ByteBuf key,
            int keyIndex,
            int keyLength,
            int clientFlags,
            int valueLength,
            long casUnique) {
        valuePrefix(out, key, keyIndex, keyLength, clientFlags, valueLength);
        out.writeByte(' ');
        decimal(out, casUnique);
        out.writeShortLE(CRLF);
    }

    private static void valuePrefix(
            ByteBuf out, ByteBuf key, int keyIndex, int keyLength, int clientFlags, int valueLength) {
        out.writeBytes("VALUE ".getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(key, keyIndex, keyLength);
        out.writeByte(' ');
        decimal(out, Integer.toUnsignedLong(clientFlags));
        out.writeByte(' ');
        decimal(out, valueLength);
    }

    /** An unsigned number on a line of its own. */
    public static void number(ByteBuf out, long unsigned) {
        decimal(out, unsigned);
        out.writeShortLE(CRLF);
    }

    static void decimal(ByteBuf out, long unsigned) {
        out.writeBytes(Long.toUnsignedString(unsigned).getBytes(StandardCharsets.US_ASCII));
    }

    /** {@code STAT <key> <value>\r\n}. */
    public static void stat(ByteBuf out, String key, String value) {
        out.writeCharSequence("STAT " + key + " " + value + "\r\n", StandardCharsets.UTF_8);
    }

    /** The line end. */
    public static void crlf(ByteBuf out) {
        out.writeShortLE(CRLF);
    }
}
