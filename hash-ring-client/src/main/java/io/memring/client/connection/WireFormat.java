package io.memring.client.connection;

/** The protocols a connection can speak. */
public enum WireFormat {
    /** The meta protocol. */
    META(new MetaEncoder()),
    /** The classic text protocol. */
    TEXT(new TextEncoder());

    final RequestEncoder encoder;

    WireFormat(RequestEncoder encoder) {
        this.encoder = encoder;
    }
}
