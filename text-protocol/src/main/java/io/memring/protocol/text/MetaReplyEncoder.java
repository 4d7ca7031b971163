package io.memring.protocol.text;

import io.netty.buffer.ByteBuf;

/** Writes meta replies piece by piece: a code, flags in request order, and the line end. */
public final class MetaReplyEncoder {
    private MetaReplyEncoder() {}

    /** {@code HD}, {@code EN} and so on, without a line end. */
    public static void code(ByteBuf out, MetaCode code) {
        out.writeShortLE(code.word);
    }

    /** {@code VA <size>}. */
    public static void valueCode(ByteBuf out, int valueLength) {
        out.writeByte('V').writeByte('A').writeByte(' ');
        TextReplyEncoder.decimal(out, valueLength);
    }

    /** A flag without a token. */
    public static void flag(ByteBuf out, char letter) {
        out.writeByte(' ').writeByte(letter);
    }

    /** A flag with a number. */
    public static void flag(ByteBuf out, char letter, long unsigned) {
        flag(out, letter);
        TextReplyEncoder.decimal(out, unsigned);
    }

    /** A flag with seconds, where a negative number means unlimited and is sent as -1. */
    public static void ttl(ByteBuf out, char letter, int seconds) {
        flag(out, letter);
        if (seconds < 0) {
            out.writeByte('-').writeByte('1');
        } else {
            TextReplyEncoder.decimal(out, seconds);
        }
    }

    /** A flag with bytes: an opaque or a key. */
    public static void flag(ByteBuf out, char letter, ByteBuf source, int index, int length) {
        flag(out, letter);
        out.writeBytes(source, index, length);
    }

    /** The key flag of an item with a binary key: {@code  k<base64>}; the caller adds the b flag. */
    public static void base64(ByteBuf out, ByteBuf source, int index, int length) {
        flag(out, 'k');
        Base64Key.encode(out, source, index, length);
    }
}
