package io.memring.protocol.binary;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;

/** The status of a reply and the text that goes with it, word for word as memcached sends it. */
public enum BinaryStatus {
    SUCCESS(0x00, ""),
    NOT_FOUND(0x01, "Not found"),
    EXISTS(0x02, "Data exists for key."),
    TOO_LARGE(0x03, "Too large."),
    INVALID_ARGUMENTS(0x04, "Invalid arguments"),
    NOT_STORED(0x05, "Not stored."),
    NON_NUMERIC(0x06, "Non-numeric server-side value for incr or decr"),
    AUTH_FAILURE(0x20, "Auth failure."),
    /** A step of a login that goes on; the body is the challenge. */
    AUTH_CONTINUE(0x21, ""),
    UNKNOWN_COMMAND(0x81, "Unknown command"),
    NO_MEMORY(0x82, "Out of memory"),
    /** The user may not do this. memcached knows no such thing, but clients know the number. */
    FORBIDDEN(0x83, "Permission denied"),
    NO_MEMORY_STORING(0x82, "Out of memory allocating item"),
    NO_MEMORY_CREATING(0x82, "Out of memory allocating new item"),
    NO_MEMORY_COUNTING(0x82, "Out of memory incrementing value");

    private final int code;
    private final String text;
    private final byte[] bytes;

    BinaryStatus(int code, String text) {
        this.code = code;
        this.text = text;
        bytes = text.getBytes(StandardCharsets.US_ASCII);
    }

    /** The first status with a number; null if none has it. */
    public static @Nullable BinaryStatus ofCode(int code) {
        for (BinaryStatus status : values()) {
            if (status.code == code) {
                return status;
            }
        }
        return null;
    }

    /** The number on the wire. */
    public int code() {
        return code;
    }

    /** The body of the reply where it is an error. */
    public String text() {
        return text;
    }

    int textLength() {
        return bytes.length;
    }

    void writeTextTo(ByteBuf out) {
        out.writeBytes(bytes);
    }
}
