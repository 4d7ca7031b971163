package io.memring.client.connection;

import io.memring.client.error.MemcacheException;
import io.memring.client.error.Origin;
import io.memring.client.error.ServerRefusedException;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * A request, which is at the same time the future of its result. Its maker fills in what the kind
 * of request needs and then hands it over; from then on it belongs to a connection's event loop.
 *
 * @param <T> what the caller gets
 */
public class Request<T extends @Nullable Object> extends CompletableFuture<T> {

    /** Stands for a number that is not given. */
    public static final long NONE = -1;

    /** The attributes of a plain fetch: the value and its client flags. */
    private static final byte[] VALUE = {' ', 'v', ' ', 'f'};

    static final byte[] NOTHING = {};

    final RequestKind kind;
    private final Function<Reply, T> result;

    byte[] key = NOTHING;
    boolean base64;
    byte[] value = NOTHING;
    int clientFlags;
    long exptime;
    long cas;
    long delta;
    long initial;
    long initialExptime = NONE;
    long leaseSeconds = NONE;
    long recacheSeconds = NONE;
    byte[] wanted = NOTHING;

    /** The next one in the queue of a connection; written by whoever queues that one. */
    volatile @Nullable Request<?> next;

    long timeoutNanos;
    long deadlineNanos;

    /** When it was written, by the event loop's clock. */
    long writtenNanos;

    long opaque = Reply.NO_OPAQUE;
    boolean retried;
    String node = "-";

    /** Where what comes of it is counted, if it is. */
    @Nullable Tally tally;

    /** Whether a miss will be told by the absence of a reply. */
    boolean leavesOutMisses;

    /**
     * A request of a kind.
     *
     * @param result makes the result of a reply that is no error; runs on the event loop
     */
    public Request(RequestKind kind, Function<Reply, T> result) {
        this.kind = kind;
        this.result = result;
    }

    /** Of which item. */
    public Request<T> key(byte[] newKey, boolean isBase64) {
        key = newKey;
        base64 = isBase64;
        return this;
    }

    /** What to store. */
    public Request<T> value(int newClientFlags, byte[] newValue) {
        clientFlags = newClientFlags;
        value = newValue;
        return this;
    }

    /** The new time of expiry, as the protocol writes it. */
    public Request<T> exptime(long newExptime) {
        exptime = newExptime;
        return this;
    }

    /** The CAS unique that the item must still have. */
    public Request<T> cas(long newCas) {
        cas = newCas;
        return this;
    }

    /** By how much to count. */
    public Request<T> delta(long newDelta) {
        delta = newDelta;
        return this;
    }

    /** What a missing counter starts with, and its time of expiry. */
    public Request<T> initial(long newInitial, long newInitialExptime) {
        initial = newInitial;
        initialExptime = newInitialExptime;
        return this;
    }

    /** How long others wait for this client to load a missing item. */
    public Request<T> lease(long seconds) {
        leaseSeconds = seconds;
        return this;
    }

    /** From which rest of its life on one client should load the item anew. */
    public Request<T> recache(long seconds) {
        recacheSeconds = seconds;
        return this;
    }

    /** The attributes to return, as flags of the meta protocol with a space in front of each. */
    public Request<T> wanted(byte[] flags) {
        wanted = flags;
        return this;
    }

    /** The value and its client flags are to be returned. */
    public Request<T> wantsValue() {
        return wanted(VALUE);
    }

    /** Starts the clock. */
    public Request<T> within(long nanos) {
        timeoutNanos = nanos;
        deadlineNanos = System.nanoTime() + nanos;
        return this;
    }

    /** What it does. */
    public RequestKind kind() {
        return kind;
    }

    /** Where it is, for the message of a failure. */
    public final Origin origin() {
        return new Origin(node, kind.text(), kind.isRepeatable());
    }

    final long startedNanos() {
        return deadlineNanos - timeoutNanos;
    }

    final boolean isExpired(long nowNanos) {
        return nowNanos - deadlineNanos >= 0;
    }

    /** Appends it to what will be written. */
    void encode(RequestEncoder encoder, BatchWriter out, OpaqueSource opaques) {
        opaque = encoder.usesOpaque(kind) ? opaques.next() : Reply.NO_OPAQUE;
        encoder.encode(this, out);
    }

    /** Whether a reply can be the next one for this request. */
    boolean matches(Reply reply) {
        return opaque == reply.opaque && (opaque != Reply.NO_OPAQUE || isPlausible(reply, key));
    }

    /**
     * Whether a reply without a number is at least of the kind and, if it names one, of the key,
     * with nothing more to come.
     */
    final boolean isPlausible(Reply reply, byte[] itsKey) {
        boolean found = kind.fetches() && reply.code == ReplyCode.VALUE;
        return !kind.concernsItem()
                || kind.isAnsweredBy(reply.code)
                        && Arrays.equals(reply.key, found ? itsKey : Reply.NO_KEY)
                        && (reply.endsList || !found);
    }

    /** True if a reply, which is the next one, is the last one. */
    boolean isLastReply(Reply reply) {
        return true;
    }

    /** Takes a reply. */
    void accept(Reply reply) {
        if (!isDone()) {
            if (reply.code == ReplyCode.ERROR) {
                fail(ServerRefusedException.of(origin(), reply.text));
            } else {
                completeWith(reply);
            }
        }
    }

    private void completeWith(Reply reply) {
        try {
            complete(result.apply(reply));
        } catch (RuntimeException e) {
            // The codec's business: the connection is fine.
            completeExceptionally(e);
        }
    }

    /** Gives up on it, unless it is done. */
    public final void fail(MemcacheException failure) {
        Tally counting = tally;
        if (counting != null && !isDone()) {
            counting.failed(failure);
        }
        completeExceptionally(failure);
    }
}
