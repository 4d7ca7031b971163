package io.memring.protocol.text;

import io.netty.buffer.ByteBuf;

import java.nio.charset.StandardCharsets;

/** Writes the variable replies of the classic commands. All but {@link #stat} allocate nothing. */
public final class TextReplyEncoder {
    /**
     * The writable bytes that {@link #value} and {@link #valueWithCas} need: the longest line, with
     * a key of 250 bytes, is 301 bytes long. The other methods make room themselves.
     */
    public static final int MAX_VALUE_HEADER = 320;

    private static final short CRLF = '\r' | ('\n' << 8);
    private static final int CRLF_LENGTH = 2;
    private static final long VALUE = ByteWords.of("VALUE ");
    private static final int VALUE_LENGTH = 6;

    private TextReplyEncoder() {}

    /** {@code VALUE <key> <flags> <bytes>\r\n}. */
    public static void value(
            ByteBuf out,
            ByteBuf key,
            int keyIndex,
            int keyLength,
            int clientFlags,
            int valueLength) {
        int index = setValue(out, key, keyIndex, keyLength, clientFlags, valueLength);
        endLine(out, index);
    }

    /** {@code VALUE <key> <flags> <bytes> <cas>\r\n}. */
    // checkstyle allows ParameterNumber: the parts of the line, in its order.
    public static void valueWithCas(
            ByteBuf out,
            ByteBuf key,
            int keyIndex,
            int keyLength,
            int clientFlags,
            int valueLength,
            long casUnique) {
        int index = setValue(out, key, keyIndex, keyLength, clientFlags, valueLength);
        out.setByte(index, ' ');
        endLine(out, ReplyWords.setNumber(out, index + 1, casUnique));
    }

    private static int setValue(
            ByteBuf out,
            ByteBuf key,
            int keyIndex,
            int keyLength,
            int clientFlags,
            int valueLength) {
        int index = out.writerIndex();
        out.setLongLE(index, VALUE);
        index = ReplyWords.setBytes(out, index + VALUE_LENGTH, key, keyIndex, keyLength);
        out.setByte(index, ' ');
        index = ReplyWords.setNumber(out, index + 1, Integer.toUnsignedLong(clientFlags));
        out.setByte(index, ' ');
        return ReplyWords.setNumber(out, index + 1, valueLength);
    }

    /** {@code <number>\r\n}. */
    public static void number(ByteBuf out, long unsigned) {
        out.ensureWritable(ReplyWords.MAX_NUMBER_LENGTH + ReplyWords.SPILL);
        endLine(out, ReplyWords.setNumber(out, out.writerIndex(), unsigned));
    }

    /** {@code STAT <key> <value>\r\n}. */
    public static void stat(ByteBuf out, String key, String value) {
        out.writeCharSequence("STAT ", StandardCharsets.US_ASCII);
        out.writeCharSequence(key, StandardCharsets.UTF_8);
        out.writeByte(' ');
        out.writeCharSequence(value, StandardCharsets.UTF_8);
        crlf(out);
    }

    /** The line end. */
    public static void crlf(ByteBuf out) {
        out.writeShortLE(CRLF);
    }

    private static void endLine(ByteBuf out, int index) {
        out.setShortLE(index, CRLF);
        out.writerIndex(index + CRLF_LENGTH);
    }
}
