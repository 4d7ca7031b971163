package io.memring.protocol.binary;

/** What the decoder of replies found in its input. */
public enum ReplyStatus {
    /** Not a whole reply; nothing was consumed. */
    INCOMPLETE,
    /** A reply, consumed with its value. */
    REPLY,
    /** No reply at all, or one longer than is believed. */
    BROKEN
}
