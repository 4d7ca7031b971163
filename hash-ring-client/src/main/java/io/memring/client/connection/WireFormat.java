package io.memring.client.connection;

/** The protocols a connection can speak. */
public enum WireFormat {
    /** The meta protocol. */
    META("meta", new MetaEncoder()),
    /** The classic text protocol. */
    TEXT("classic", new TextEncoder()),
    /** The binary protocol. */
    BINARY("binary", new BinaryEncoder());

    final RequestEncoder encoder;
    private final String text;

    WireFormat(String text, RequestEncoder encoder) {
        this.text = text;
        this.encoder = encoder;
    }

    ReplyReader newReader(int maxValueLength) {
        return switch (this) {
            case META, TEXT -> new TextReplyReader(maxValueLength);
            case BINARY -> new BinaryReplyReader(maxValueLength);
        };
    }

    /** The name for messages. */
    String text() {
        return text;
    }
}
