package io.memring.protocol.binary;

/** Offsets within the 24 bytes that every frame begins with; drawn in the package's javadoc. */
public final class Header {
    /** The first byte of every request; no text request begins with it. */
    public static final byte REQUEST_MAGIC = (byte) 0x80;

    /** The first byte of every reply. */
    public static final byte REPLY_MAGIC = (byte) 0x81;

    /** The header's length; extras, key and value follow. */
    public static final int LENGTH = 24;

    static final int MAGIC = 0;
    static final int OPCODE = 1;
    static final int KEY_LENGTH = 2;
    static final int EXTRAS_LENGTH = 4;
    static final int STATUS = 6;
    static final int BODY_LENGTH = 8;
    static final int OPAQUE = 12;
    static final int CAS = 16;

    private Header() {}
}
