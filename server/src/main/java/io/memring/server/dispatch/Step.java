package io.memring.server.dispatch;

/** What a {@link ProtocolSession} did with its input. */
public enum Step {
    /** A request is complete; there may be more in the input. */
    DONE,
    /** What is left of the input is no whole request. */
    NEED_INPUT,
    /** The replies want to be sent before more is decoded. */
    OUTPUT_FULL,
    /** The request went to the owner of its stripe; nothing may be decoded until it is resumed. */
    HANDED_OFF,
    /** Send what is there, then close. */
    CLOSE
}
