package io.memring.client.codec;

/** A value as it is stored: client flags and bytes, which nobody changes any more. */
public final class Encoded {
    private final int clientFlags;
    private final byte[] bytes;

    /** Takes over the bytes. */
    public Encoded(int clientFlags, byte[] bytes) {
        this.clientFlags = clientFlags;
        this.bytes = bytes;
    }

    /** The client flags. */
    public int clientFlags() {
        return clientFlags;
    }

    /** The bytes, not a copy. */
    public byte[] bytes() {
        return bytes;
    }
}
