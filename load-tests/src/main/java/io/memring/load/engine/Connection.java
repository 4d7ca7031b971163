package io.memring.load.engine;

import io.memring.load.result.CommandKind;
import io.memring.load.wire.Bytes;
import io.memring.load.wire.Outcome;
import io.memring.load.wire.ReplyException;
import io.memring.load.wire.ReplySink;
import io.memring.load.workload.Request;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * Requests and replies of one connection, without its socket. Owned by one load thread.
 *
 * <p>Some replies ask for another request, which goes out on the same connection at once: a GETS
 * that hits for its CAS, an INCR that misses for an ADD, and, where that is wanted, a GET that
 * misses for a SET.
 */
final class Connection implements ReplySink {

    /** Capacity that an idle connection may keep. */
    private static final int MAX_IDLE_BYTES = 1 << 16;

    private static final byte[] NONE = {};

    final Client client;

    /** The index of its node in the ring. */
    final int node;

    /** Encoded and not sent yet, from {@link #sent} on. */
    final Bytes out = new Bytes();

    int sent;

    /** Its socket; null while there is none. */
    @Nullable OpenSocket socket;

    private final Driver driver;
    private final InFlight inFlight = new InFlight();

    /** The beginning of a reply whose end has not arrived. */
    private byte[] held = NONE;

    private int heldLength;

    /** How much must be held before it is worth looking again. */
    private int needed;

    Connection(Driver driver, Client client, int node) {
        this.driver = driver;
        this.client = client;
        this.node = node;
    }

    /** Encodes a request, to be sent with the next flush. */
    void enqueue(Request request, long intended, long now) {
        driver.protocol().encode(request, out);
        inFlight.push(request, intended, now);
        client.inFlight++;
        driver.inFlight++;
    }

    boolean isIdle() {
        return inFlight.isEmpty();
    }

    boolean hasUnsent() {
        return sent < out.length();
    }

    /** To be called when all that was encoded has been sent. */
    void allSent() {
        sent = 0;
        out.clear(MAX_IDLE_BYTES);
    }

    /** When the oldest request without a reply was sent; the far future if there is none. */
    long oldestSentNanos() {
        return inFlight.isEmpty() ? Long.MAX_VALUE : inFlight.oldest().sentNanos;
    }

    /** Takes in bytes that have arrived. */
    void receive(byte[] in, int length) throws ReplyException {
        if (heldLength == 0) {
            needed = 0;
            int taken = driver.protocol().parse(in, 0, length, this);
            if (taken < length) {
                hold(in, taken, length - taken);
            }
        } else {
            hold(in, 0, length);
            if (heldLength >= needed) {
                parseHeld();
            }
        }
    }

    private void hold(byte[] in, int from, int length) {
        int total = heldLength + length;
        if (held.length < total) {
            held = Arrays.copyOf(held, Math.max(total, Math.max(needed, 2 * heldLength)));
        }
        System.arraycopy(in, from, held, heldLength, length);
        heldLength = total;
    }

    private void parseHeld() throws ReplyException {
        needed = 0;
        int taken = driver.protocol().parse(held, 0, heldLength, this);
        heldLength -= taken;
        System.arraycopy(held, taken, held, 0, heldLength);
        if (heldLength == 0) {
            held = NONE;
        }
    }

    /** Forgets everything that is under way; the requests have failed for this reason. */
    void abandon(String reason, long now) {
        while (!inFlight.isEmpty()) {
            driver.recorder().failed(pop(), reason, now);
        }
        allSent();
        held = NONE;
        heldLength = 0;
    }

    private InFlight.Slot pop() {
        client.inFlight--;
        driver.inFlight--;
        return inFlight.pop();
    }

    @Override
    public @Nullable CommandKind current() {
        return inFlight.isEmpty() ? null : inFlight.oldest().kind;
    }

    @Override
    public long currentKey() {
        return inFlight.oldest().key;
    }

    @Override
    public void onIncomplete(int length) {
        needed = length;
    }

    @Override
    public void onValue(long key, byte[] in, int at, int length, long casUnique) {
        InFlight.Slot slot = inFlight.oldest();
        slot.casUnique = casUnique;
        if (!slot.take(key)) {
            driver.wrongKey(slot, key);
        } else if (!driver.isRight(in, at, length, key)) {
            driver.wrongValue(slot.kind, key, in, at, length);
        }
    }

    @Override
    public void onError(String text) {
        driver.recorder().failed(pop(), text, driver.now());
    }

    @Override
    public void onDone(Outcome outcome) {
        InFlight.Slot slot = pop();
        int hits = hits(slot, outcome);
        int conflicts = outcome == Outcome.CONFLICT ? 1 : 0;
        int misses = slot.keyCount() - hits - conflicts;
        assert misses >= 0;
        driver.recorder().answered(slot, hits, misses, conflicts, driver.now());
        if (misses > 0 || slot.kind == CommandKind.GETS) {
            followUp(slot);
        }
    }

    private static int hits(InFlight.Slot slot, Outcome outcome) {
        return switch (outcome) {
            case FETCHED -> Math.min(slot.hits, slot.keyCount());
            case DONE -> 1;
            case MISSED, CONFLICT -> 0;
        };
    }

    /** Sends what a reply asks for, if it does. */
    private void followUp(InFlight.Slot slot) {
        if (driver.isStopping()) {
            return;
        }
        switch (slot.kind) {
            case GETS -> {
                if (slot.hits > 0) {
                    driver.followUp(this, CommandKind.CAS, slot);
                }
            }
            case INCR -> {
                if (!driver.protocol().makesCounters()) {
                    driver.followUp(this, CommandKind.ADD, slot);
                }
            }
            case GET, MULTIGET -> driver.fillMisses(this, slot);
            case SET, DELETE, CAS, TOUCH, ADD -> {}
        }
    }
}
