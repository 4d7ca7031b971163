package io.memring.protocol.text;

import io.netty.buffer.ByteBuf;

/** The replies that are one fixed line. */
public enum TextReply {
    STORED("STORED"),
    NOT_STORED("NOT_STORED"),
    EXISTS("EXISTS"),
    NOT_FOUND("NOT_FOUND"),
    DELETED("DELETED"),
    TOUCHED("TOUCHED"),
    OK("OK"),
    END("END"),
    RESET("RESET"),
    ERROR("ERROR"),
    MN("MN"),
    EN("EN"),
    HD("HD"),
    NF("NF"),
    NS("NS"),
    EX("EX");

    private final ReplyLine line;

    TextReply(String text) {
        line = new ReplyLine(text);
    }

    /** Appends the line with its CRLF. */
    public void writeTo(ByteBuf out) {
        line.writeTo(out);
    }
}
