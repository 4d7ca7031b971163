package io.memring.client.connection;

/**
 * Fetches many items of one node in one go. It is one request with as many replies as keys, in the
 * order of the keys, and completes when the last one has come.
 */
public final class BulkGet extends Request<Boolean> {

    /** Gets the replies as they come, on the event loop. */
    @FunctionalInterface
    public interface Sink {
        /** Takes the reply for the key at an index; it may be an error. */
        void accept(int index, Reply reply);
    }

    /** Keys in one request; more are split. */
    public static final int MAX_KEYS = 1024;

    private final byte[][] keys;
    private final boolean[] base64s;
    private final Sink sink;
    private int replied;

    /**
     * A request for up to {@link #MAX_KEYS} keys.
     *
     * @param base64s which of the keys are in base64
     */
    public BulkGet(byte[][] keys, boolean[] base64s, Sink sink) {
        super(
                RequestKind.GET,
                reply -> {
                    throw new IllegalStateException(
                            "a bulk get has no single reply: " + reply.code());
                });
        this.keys = keys.clone();
        this.base64s = base64s.clone();
        this.sink = sink;
    }

    @Override
    void encode(RequestEncoder encoder, BatchWriter out, OpaqueSource opaques) {
        replied = 0;
        long first = opaque;
        for (int i = 0; i < keys.length; i++) {
            opaque = encoder.usesOpaque(kind) ? opaques.next() : Reply.NO_OPAQUE;
            first = i == 0 ? opaque : first;
            encoder.encode(key(keys[i], base64s[i]), out);
        }
        opaque = first;
    }

    @Override
    boolean matches(long replyOpaque) {
        return opaque == Reply.NO_OPAQUE
                ? replyOpaque == Reply.NO_OPAQUE
                : replyOpaque == OpaqueSource.plus(opaque, replied);
    }

    @Override
    boolean isLastReply() {
        return replied == keys.length - 1;
    }

    @Override
    void accept(Reply reply) {
        if (!isDone()) {
            sink.accept(replied, reply);
        }
        replied++;
        if (replied == keys.length) {
            complete(true);
        }
    }
}
