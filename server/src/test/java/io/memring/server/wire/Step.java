package io.memring.server.wire;

import java.util.regex.Pattern;

/** One line of a transcript: what happens next, on which connection, and where that is written. */
sealed interface Step {
    /** The number of the line in its file, from 1. */
    int line();

    /** The connection's name; it is opened when first mentioned. */
    String connection();

    /** Opens the connection, if it is not open yet, without sending anything. */
    record Open(int line, String connection) implements Step {}

    record Send(int line, String connection, Text bytes) implements Step {}

    /** Exactly these bytes come next. */
    record Expect(int line, String connection, Text bytes) implements Step {}

    /** A line comes next that matches, its CRLF left aside. */
    record ExpectMatch(int line, String connection, Pattern pattern) implements Step {}

    /** Lines are skipped up to and including this one. */
    record SkipTo(int line, String connection, Text bytes) implements Step {}

    /** A request of the binary protocol. */
    record SendFrame(int line, String connection, Frame frame) implements Step {}

    /** Exactly this frame comes next. */
    record ExpectFrame(int line, String connection, Frame frame) implements Step {}

    /** Frames are skipped up to and including this one. */
    record SkipToFrame(int line, String connection, Frame frame) implements Step {}

    /** The server has closed the connection and sent nothing more. */
    record ExpectClose(int line, String connection) implements Step {}

    /** {@code stats}, asked for on another connection, says this. */
    record ExpectStat(int line, String connection, String name, Pattern value) implements Step {}

    /** The client leaves. */
    record Leave(int line, String connection, Manner manner) implements Step {}

    /** How a client leaves. */
    enum Manner {
        /** An orderly FIN in both directions. */
        CLOSE,
        /** FIN in the sending direction only; replies are still read. */
        HALF_CLOSE,
        /** RST. */
        RESET
    }
}
