package io.memring.protocol.binary;

/** What the decoder found in its input. */
public enum FrameStatus {
    /** No whole header, or not all of extras and key; nothing was consumed. */
    INCOMPLETE,
    /** A good request, consumed up to its value. */
    REQUEST,
    /** A request that is answered with an error; its header is consumed. */
    REFUSED,
    /** No request at all: the connection is closed without a word. */
    BROKEN
}
