package io.memring.protocol.binary;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

/**
 * Writes replies. Each method takes the decoder whose last request is answered: opcode and opaque
 * are echoed. All but {@link #stat} and {@link #text} allocate nothing.
 */
public final class BinaryReplyEncoder {
    /** Room for any reply without a value: the longest is a key of 250 bytes behind flags. */
    public static final int MAX_HEAD = 320;

    private static final int FLAGS_LENGTH = 4;

    private static final long MAGIC = (long) (Header.REPLY_MAGIC & 0xff) << 56;
    private static final int OPCODE_SHIFT = 48;
    private static final int KEY_LENGTH_SHIFT = 32;
    private static final int EXTRAS_LENGTH_SHIFT = 24;

    private BinaryReplyEncoder() {}

    /** Success, and nothing to say but perhaps a CAS unique. */
    public static void success(ByteBuf out, BinaryRequestDecoder request, long casUnique) {
        header(out, request, 0, 0, casUnique);
    }

    /** A status with its own text. */
    public static void error(ByteBuf out, BinaryRequestDecoder request, BinaryStatus status) {
        header(out, request, status.code(), status.textLength(), 0);
        status.writeTextTo(out);
    }

    /** A miss that repeats the key. */
    public static void missWithKey(ByteBuf out, BinaryRequestDecoder request) {
        long keyLength = request.keyLength();
        header(
                out,
                request,
                BinaryStatus.NOT_FOUND.code() | keyLength << KEY_LENGTH_SHIFT,
                request.keyLength(),
                0);
        writeKey(out, request);
    }

    /** The head of an item, client flags included; its value follows. */
    public static void item(
            ByteBuf out,
            BinaryRequestDecoder request,
            int clientFlags,
            int valueLength,
            long casUnique) {
        itemHeader(out, request, 0, valueLength, casUnique);
        out.writeInt(clientFlags);
    }

    /** The head of an item with its key; its value follows. */
    public static void itemWithKey(
            ByteBuf out,
            BinaryRequestDecoder request,
            int clientFlags,
            int valueLength,
            long casUnique) {
        itemHeader(out, request, request.keyLength(), valueLength, casUnique);
        out.writeInt(clientFlags);
        writeKey(out, request);
    }

    private static void itemHeader(
            ByteBuf out,
            BinaryRequestDecoder request,
            long keyLength,
            int valueLength,
            long casUnique) {
        long lengths = keyLength << KEY_LENGTH_SHIFT | (long) FLAGS_LENGTH << EXTRAS_LENGTH_SHIFT;
        int bodyLength = FLAGS_LENGTH + (int) keyLength + valueLength;
        header(out, request, lengths, bodyLength, casUnique);
    }

    /** A number that has been counted up or down. */
    public static void number(
            ByteBuf out, BinaryRequestDecoder request, long number, long casUnique) {
        header(out, request, 0, Long.BYTES, casUnique);
        out.writeLong(number);
    }

    /** A body of text, in UTF-8. */
    public static void text(
            ByteBuf out, BinaryRequestDecoder request, BinaryStatus status, CharSequence text) {
        header(out, request, status.code(), ByteBufUtil.utf8Bytes(text), 0);
        ByteBufUtil.writeUtf8(out, text);
    }

    /** One statistic; the last of a series has neither key nor value. */
    public static void stat(
            ByteBuf out, BinaryRequestDecoder request, CharSequence key, CharSequence value) {
        long keyLength = ByteBufUtil.utf8Bytes(key);
        int bodyLength = (int) keyLength + ByteBufUtil.utf8Bytes(value);
        header(out, request, keyLength << KEY_LENGTH_SHIFT, bodyLength, 0);
        ByteBufUtil.writeUtf8(out, key);
        ByteBufUtil.writeUtf8(out, value);
    }

    private static void writeKey(ByteBuf out, BinaryRequestDecoder request) {
        out.writeBytes(request.keyBuffer(), request.keyIndex(), request.keyLength());
    }

    /**
     * The header.
     *
     * @param statusAndLengths what the first eight bytes hold besides magic and opcode
     */
    private static void header(
            ByteBuf out,
            BinaryRequestDecoder request,
            long statusAndLengths,
            int bodyLength,
            long casUnique) {
        long opcode = (long) (request.opcodeByte() & 0xff) << OPCODE_SHIFT;
        out.writeLong(MAGIC | opcode | statusAndLengths);
        out.writeInt(bodyLength);
        out.writeInt(request.opaque());
        out.writeLong(casUnique);
    }
}
