package io.memring.protocol.text;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * What a decoded request line says. One instance belongs to one decoder; each command's parser sets
 * the fields that its command has, the others keep what an earlier request left in them.
 */
final class RequestFields {
    /** Keys of more bytes, as sent, are refused. */
    static final int MAX_KEY_LENGTH = 250;

    /** The CRLF behind a value. */
    static final int VALUE_END_LENGTH = 2;

    ByteBuf keyBuffer = Unpooled.EMPTY_BUFFER;
    int keyIndex;
    int keyLength;
    int wireKeyIndex;
    int wireKeyLength;
    boolean noreply;
    int clientFlags;
    int exptime;
    int valueLength;
    long casUnique;
    long delta;
    TextError error = TextError.BAD_COMMAND_LINE;
    long bytesToSwallow;

    /** Forgets what would be wrong for a request that does not set it. */
    void clear() {
        noreply = false;
        bytesToSwallow = 0;
    }

    void key(ByteBuf buffer, int index, int length) {
        keyBuffer = buffer;
        keyIndex = index;
        keyLength = length;
        wireKeyIndex = index;
        wireKeyLength = length;
    }

    /** Takes a token as the key; false if it is too long. */
    boolean key(RequestLine line, int token) {
        key(line.buffer(), line.tokenStart(token), line.tokenLength(token));
        return keyLength <= MAX_KEY_LENGTH;
    }

    Verb reject(TextError reason) {
        error = reason;
        return Verb.INVALID;
    }

    /** Rejects a storage request whose value follows nevertheless. */
    Verb rejectWithValue(TextError reason) {
        bytesToSwallow = (long) valueLength + VALUE_END_LENGTH;
        return reject(reason);
    }
}
