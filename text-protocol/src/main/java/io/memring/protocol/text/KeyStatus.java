package io.memring.protocol.text;

/** What {@link TextRequestDecoder#nextKey} found in the key list of a retrieval command. */
public enum KeyStatus {
    /** A key: {@code keyIndex} and {@code keyLength} are set. */
    KEY,
    /** The line has ended and is consumed. */
    END,
    /** The next key, or the end of the line, has not arrived whole. */
    INCOMPLETE,
    /** No key, or one beyond 250 bytes; the line is consumed and {@code error()} is set. */
    INVALID
}
