package io.memring.client.connection;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Fetches many items of one node in one go. It is one request with many replies, in the order of
 * the keys, and completes when the last one has come. It yields the keys, by index, for which there
 * is an item that may stand for a lease: a list does not tell, a line of its own does.
 *
 * <p>How it is written depends on the protocol:
 *
 * <ul>
 *   <li>a line for each key, and a reply to each;
 *   <li>the same where the protocol leaves out misses: a probe behind the keys is answered last,
 *       and tells that the rest were misses;
 *   <li>a line that lists all keys but the last, answered by the values that are there, and one for
 *       the last key. The reply to that has a number. What the list did not bring is a miss only
 *       when that number has shown that replies and requests are in step.
 * </ul>
 */
public final class BulkGet extends Request<BitSet> {

    /** Gets the replies as they come, on the event loop. */
    @FunctionalInterface
    public interface Sink {
        /** Takes the reply for the key at an index; it may be an error. */
        void accept(int index, Reply reply);
    }

    /** Keys in one request; more are split. */
    public static final int MAX_KEYS = 1024;

    /** Fewer keys get a line each, which takes no more. */
    private static final int MIN_KEYS_TO_LIST = 3;

    private static final boolean[] NONE_LISTED = {};

    private final byte[][] keys;
    private final boolean[] base64s;
    private final Sink sink;

    /** Of the listed keys, those whose items may stand for leases. */
    private final BitSet unclear = new BitSet();

    private boolean lineByLine;

    /** How many keys are in the list; 0 without one. */
    private int listed;

    private boolean awaitsEndOfList;

    /** Keys up to here, exclusively, have been answered, or left out of the list. */
    private int replied;

    /** Of the listed keys, those that the list has answered; none once all have been told. */
    private boolean[] brought = NONE_LISTED;

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

    /** Each key is to have a line of its own. */
    public BulkGet lineByLine() {
        lineByLine = true;
        return this;
    }

    @Override
    void encode(RequestEncoder encoder, BatchWriter out, OpaqueSource opaques) {
        replied = 0;
        unclear.clear();
        leavesOutMisses = encoder.leavesOutMisses();
        int allButLast = keys.length - 1;
        awaitsEndOfList =
                keys.length >= MIN_KEYS_TO_LIST
                        && !lineByLine
                        && arePlain()
                        && encoder.encodeList(keys, allButLast, out);
        listed = awaitsEndOfList ? allButLast : 0;
        brought = awaitsEndOfList ? new boolean[listed] : NONE_LISTED;
        long first = Reply.NO_OPAQUE;
        for (int i = listed; i < keys.length; i++) {
            opaque = encoder.usesOpaque(kind) ? opaques.next() : Reply.NO_OPAQUE;
            first = i == listed ? opaque : first;
            encoder.encode(key(keys[i], base64s[i]), out);
        }
        if (leavesOutMisses) {
            new Request<>(RequestKind.PROBE, Reply::code).encode(encoder, out, opaques);
        }
        opaque = first;
    }

    private boolean arePlain() {
        for (boolean base64 : base64s) {
            if (base64) {
                return false;
            }
        }
        return true;
    }

    /** The index of the key that a reply is for; behind the last one if it is for the probe. */
    private int index(long replyOpaque) {
        return replyOpaque == Reply.NO_OPAQUE
                ? replied
                : listed + OpaqueSource.steps(opaque, replyOpaque);
    }

    private int lastIndex() {
        return leavesOutMisses ? keys.length : keys.length - 1;
    }

    /** The index among the listed keys of one that has not been answered; -1 if there is none. */
    private int listedIndex(byte[] wanted) {
        for (int i = replied; i < listed; i++) {
            if (Arrays.equals(keys[i], wanted)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    boolean matches(Reply reply) {
        if (awaitsEndOfList) {
            boolean miss = reply.code == ReplyCode.MISS && reply.endsList;
            boolean value = reply.code == ReplyCode.VALUE && listedIndex(reply.key) >= 0;
            return reply.opaque == Reply.NO_OPAQUE && (miss || value);
        }
        if (opaque == Reply.NO_OPAQUE || reply.opaque == Reply.NO_OPAQUE) {
            return opaque == reply.opaque && isPlausible(reply, keys[replied]);
        }
        int index = index(reply.opaque);
        return leavesOutMisses ? index >= replied && index <= keys.length : index == replied;
    }

    @Override
    boolean isLastReply(Reply reply) {
        return !awaitsEndOfList && index(reply.opaque) == lastIndex();
    }

    @Override
    void accept(Reply reply) {
        if (awaitsEndOfList) {
            acceptListed(reply);
            return;
        }
        takeLeftOut(reply.code == ReplyCode.ERROR ? reply : Reply.MISS);
        int index = index(reply.opaque);
        while (replied < index) {
            take(replied++, Reply.MISS);
        }
        if (index < keys.length) {
            take(replied++, reply);
        }
        if (index == lastIndex()) {
            complete(unclear);
        }
    }

    private void acceptListed(Reply reply) {
        if (reply.code == ReplyCode.VALUE) {
            int index = listedIndex(reply.key);
            if (reply.isBlank()) {
                unclear.set(index);
            } else {
                take(index, reply);
            }
            brought[index] = true;
            replied = index + 1;
        }
        boolean refused = reply.code == ReplyCode.ERROR;
        if (refused) {
            takeLeftOut(reply);
        }
        if (refused || reply.endsList) {
            awaitsEndOfList = false;
            replied = listed;
        }
    }

    /** Gives a reply to all listed keys that have none, once. */
    private void takeLeftOut(Reply reply) {
        for (int i = 0; i < brought.length; i++) {
            if (!brought[i]) {
                take(i, reply);
            }
        }
        brought = NONE_LISTED;
    }

    private void take(int index, Reply reply) {
        Tally counting = tally;
        if (counting != null) {
            counting.item(this, reply);
        }
        if (!isDone()) {
            sink.accept(index, reply);
        }
    }
}
