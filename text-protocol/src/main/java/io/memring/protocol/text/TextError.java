package io.memring.protocol.text;

import io.netty.buffer.ByteBuf;

/** The error lines of the text protocol, word for word as memcached sends them. */
public enum TextError {
    BAD_COMMAND_LINE("CLIENT_ERROR bad command line format"),
    BAD_TOKEN("CLIENT_ERROR bad token in command line format"),
    BAD_DATA_CHUNK("CLIENT_ERROR bad data chunk"),
    INVALID_EXPTIME("CLIENT_ERROR invalid exptime argument"),
    INVALID_DELTA("CLIENT_ERROR invalid numeric delta argument"),
    NON_NUMERIC("CLIENT_ERROR cannot increment or decrement non-numeric value"),
    META_TOO_MANY_FLAGS("CLIENT_ERROR options flags are too long"),
    META_DUPLICATE_FLAG("CLIENT_ERROR duplicate flag"),
    META_INVALID_FLAG("CLIENT_ERROR invalid flag"),
    META_INVALID_OR_DUPLICATE_FLAG("CLIENT_ERROR invalid or duplicate flag"),
    META_BAD_KEY("CLIENT_ERROR error decoding key"),
    META_OPAQUE_TOO_LONG("CLIENT_ERROR opaque token too long"),
    META_SET_MODE("CLIENT_ERROR invalid mode for ms M token"),
    META_ARITHMETIC_MODE("CLIENT_ERROR invalid mode for ma M token"),
    META_INITIAL("CLIENT_ERROR invalid numeric initial value"),
    META_DELTA("CLIENT_ERROR invalid numeric delta value"),
    FLUSH_NOT_ALLOWED("CLIENT_ERROR flush_all not allowed"),
    DETAIL_NOT_ALLOWED("CLIENT_ERROR stats detail not allowed"),
    DETAIL_USAGE("CLIENT_ERROR usage: stats detail on|off|dump"),
    INVALID_SHUTDOWN_MODE("CLIENT_ERROR invalid shutdown mode"),
    UNAUTHENTICATED("CLIENT_ERROR unauthenticated"),
    AUTH_TOO_LONG("CLIENT_ERROR auth token too long"),
    AUTH_NOT_TERMINATED("CLIENT_ERROR bad command line termination"),
    AUTH_MALFORMED("CLIENT_ERROR bad authentication token format"),
    AUTH_FAILURE("CLIENT_ERROR authentication failure"),
    FORBIDDEN("CLIENT_ERROR permission denied"),
    SHUTDOWN_NOT_ENABLED("SERVER_ERROR: shutdown not enabled"),
    TOO_LARGE("SERVER_ERROR object too large for cache"),
    NO_MEMORY_STORING("SERVER_ERROR out of memory storing object"),
    NO_MEMORY_READING("SERVER_ERROR Out of memory during read"),
    NO_MEMORY("SERVER_ERROR out of memory"),
    NO_MEMORY_NEW_ITEM("SERVER_ERROR Out of memory allocating new item"),
    TOO_MANY_CONNECTIONS("ERROR Too many open connections");

    private final String text;
    private final ReplyLine line;

    TextError(String text) {
        this.text = text;
        line = new ReplyLine(text);
    }

    /** The line without its CRLF. */
    public String text() {
        return text;
    }

    /** Appends the line with its CRLF. */
    public void writeTo(ByteBuf out) {
        line.writeTo(out);
    }
}
