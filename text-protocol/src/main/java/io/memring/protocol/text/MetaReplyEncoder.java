package io.memring.protocol.text;

import io.netty.buffer.ByteBuf;

/**
 * Writes meta replies piece by piece: a code, flags in request order, then {@link
 * TextReplyEncoder#crlf}. Nothing is allocated; every method makes room for what it writes.
 */
public final class MetaReplyEncoder {
    private static final int VALUE_CODE = 'V' | ('A' << 8) | (' ' << 16);
    private static final int VALUE_CODE_LENGTH = 3;
    private static final int UNLIMITED = '-' | ('1' << 8);
    private static final int FLAG_LENGTH = 2;
    private static final int NUMBER_ROOM =
            Integer.BYTES + ReplyWords.MAX_NUMBER_LENGTH + ReplyWords.SPILL;

    private MetaReplyEncoder() {}

    /** {@code HD}, {@code EN} and so on. */
    public static void code(ByteBuf out, MetaCode code) {
        out.writeShortLE(code.word);
    }

    /** {@code VA <size>}. */
    public static void valueCode(ByteBuf out, int valueLength) {
        out.ensureWritable(NUMBER_ROOM);
        int index = out.writerIndex();
        out.setIntLE(index, VALUE_CODE);
        out.writerIndex(ReplyWords.setNumber(out, index + VALUE_CODE_LENGTH, valueLength));
    }

    /** A flag without a token. */
    public static void flag(ByteBuf out, char letter) {
        out.writeShortLE(' ' | (letter << 8));
    }

    /** A flag with an unsigned number. */
    public static void flag(ByteBuf out, char letter, long unsigned) {
        out.ensureWritable(NUMBER_ROOM);
        int index = out.writerIndex();
        out.setShortLE(index, ' ' | (letter << 8));
        out.writerIndex(ReplyWords.setNumber(out, index + FLAG_LENGTH, unsigned));
    }

    /** A flag with seconds; a negative number, meaning unlimited, is sent as -1. */
    public static void ttl(ByteBuf out, char letter, int seconds) {
        if (seconds >= 0) {
            flag(out, letter, seconds);
        } else {
            flag(out, letter);
            out.writeShortLE(UNLIMITED);
        }
    }

    /** A flag with bytes as they are: an opaque, or a key. */
    public static void flag(ByteBuf out, char letter, ByteBuf source, int index, int length) {
        out.ensureWritable(FLAG_LENGTH + length + ReplyWords.SPILL);
        int begin = out.writerIndex();
        out.setShortLE(begin, ' ' | (letter << 8));
        out.writerIndex(ReplyWords.setBytes(out, begin + FLAG_LENGTH, source, index, length));
    }

    /** The k flag of a binary key, encoded; the caller adds the b flag. */
    public static void base64(ByteBuf out, ByteBuf source, int index, int length) {
        flag(out, 'k');
        Base64Key.encode(out, source, index, length);
    }
}
