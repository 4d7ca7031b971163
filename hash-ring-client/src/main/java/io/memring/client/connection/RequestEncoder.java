package io.memring.client.connection;

import org.jspecify.annotations.Nullable;

/** Writes requests in one of memcached's protocols. */
interface RequestEncoder {

    /** What the protocol cannot say of this request, or null if it can say all. */
    @Nullable String unsupported(Request<?> request);

    /** Whether a request of a kind is numbered, so that its reply can be told by the number. */
    boolean usesOpaque(RequestKind kind);

    /** Whether a miss in a bulk get is told by the absence of a reply. */
    default boolean leavesOutMisses() {
        return false;
    }

    /**
     * Appends a line that asks for the values of the first keys, which must be plain. They come one
     * by one, each with its key, those that are not there left out, and then an END.
     *
     * @return false, with nothing written, if the protocol has no such line
     */
    default boolean encodeList(byte[][] keys, int count, BatchWriter out) {
        return false;
    }

    /** Appends a request. */
    void encode(Request<?> request, BatchWriter out);
}
