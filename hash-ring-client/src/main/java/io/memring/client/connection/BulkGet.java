package io.memring.client.connection;

/**
 * Fetches many items of one node in one go. It is one request with as many replies as keys, in the
 * order of the keys, and completes when the last one has come. Where the protocol leaves out
 * misses, a probe behind the keys is answered last, and tells that the rest were misses.
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
        leavesOutMisses = encoder.leavesOutMisses();
        long first = Reply.NO_OPAQUE;
        for (int i = 0; i < keys.length; i++) {
            opaque = encoder.usesOpaque(kind) ? opaques.next() : Reply.NO_OPAQUE;
            first = i == 0 ? opaque : first;
            encoder.encode(key(keys[i], base64s[i]), out);
        }
        if (leavesOutMisses) {
            new Request<>(RequestKind.PROBE, Reply::code).encode(encoder, out, opaques);
        }
        opaque = first;
    }

    /** The index of the key that a reply is for; behind the last one if it is for the probe. */
    private int index(long replyOpaque) {
        return replyOpaque == Reply.NO_OPAQUE ? replied : OpaqueSource.steps(opaque, replyOpaque);
    }

    private int lastIndex() {
        return leavesOutMisses ? keys.length : keys.length - 1;
    }

    @Override
    boolean matches(Reply reply) {
        if (opaque == Reply.NO_OPAQUE || reply.opaque == Reply.NO_OPAQUE) {
            return opaque == reply.opaque && isPlausible(reply, keys[replied]);
        }
        int index = index(reply.opaque);
        return leavesOutMisses ? index >= replied && index <= keys.length : index == replied;
    }

    @Override
    boolean isLastReply(Reply reply) {
        return index(reply.opaque) == lastIndex();
    }

    @Override
    void accept(Reply reply) {
        int index = index(reply.opaque);
        while (replied < index) {
            take(Reply.MISS);
        }
        if (index < keys.length) {
            take(reply);
        }
        if (index == lastIndex()) {
            complete(true);
        }
    }

    private void take(Reply reply) {
        Tally counting = tally;
        if (counting != null) {
            counting.item(this, reply);
        }
        if (!isDone()) {
            sink.accept(replied, reply);
        }
        replied++;
    }
}
