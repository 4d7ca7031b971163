package io.memring.load.engine;

import io.memring.load.result.CommandKind;
import io.memring.load.workload.Request;

/**
 * The requests of a connection that have no reply yet, oldest first: a ring that doubles when it is
 * full, of slots that are used again. Owned by one load thread.
 */
final class InFlight {
    private static final int FIRST_CAPACITY = 2;
    private static final long[] NO_KEYS = {};

    /** In place of a key whose value has arrived. */
    private static final long TAKEN = -1;

    /** A request without a reply. */
    static final class Slot {
        CommandKind kind = CommandKind.GET;
        long key;
        int valueLength;
        int ttl;

        /** When it was meant to be sent. */
        long intendedNanos;

        long sentNanos;

        /** Values that have arrived. */
        int hits;

        /** The unique number that came with the last of them. */
        long casUnique;

        /** The keys of a MULTIGET, those whose values have arrived replaced by {@link #TAKEN}. */
        private long[] keys = NO_KEYS;

        /** Where the search for the next value's key begins. */
        private int cursor;

        /** How many keys the request has. */
        int keyCount() {
            return kind == CommandKind.MULTIGET ? keys.length : 1;
        }

        /** Marks a value as arrived; false if it was not asked for, or has arrived before. */
        boolean take(long valueKey) {
            if (kind != CommandKind.MULTIGET) {
                return valueKey == key && hits++ == 0;
            }
            // Values come in the order of keys, so this looks at each key once.
            for (int i = 0; i < keys.length; i++) {
                int at = cursor + i < keys.length ? cursor + i : cursor + i - keys.length;
                if (keys[at] == valueKey && valueKey != TAKEN) {
                    keys[at] = TAKEN;
                    cursor = at + 1 == keys.length ? 0 : at + 1;
                    hits++;
                    return true;
                }
            }
            return false;
        }

        /** The n-th key, if its value has not arrived; else a negative number. */
        long missingKey(int index) {
            return kind == CommandKind.MULTIGET ? keys[index] : key;
        }

        private void set(Request request, long intended, long sent) {
            kind = request.kind;
            key = request.key;
            valueLength = request.valueLength;
            ttl = request.ttl;
            intendedNanos = intended;
            sentNanos = sent;
            hits = 0;
            casUnique = 0;
            if (kind == CommandKind.MULTIGET) {
                if (keys.length != request.keyCount) {
                    keys = new long[request.keyCount];
                }
                System.arraycopy(request.keys, 0, keys, 0, keys.length);
                cursor = 0;
            }
        }
    }

    private Slot[] slots = newSlots(FIRST_CAPACITY);
    private int head;
    private int size;

    private static Slot[] newSlots(int capacity) {
        Slot[] slots = new Slot[capacity];
        for (int i = 0; i < capacity; i++) {
            slots[i] = new Slot();
        }
        return slots;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** The oldest request; there must be one. */
    Slot oldest() {
        assert size > 0;
        return slots[head];
    }

    void push(Request request, long intended, long sent) {
        if (size == slots.length) {
            grow();
        }
        slots[head + size & slots.length - 1].set(request, intended, sent);
        size++;
    }

    /** Takes the oldest request out. Its slot keeps what it holds until the next push but one. */
    Slot pop() {
        Slot oldest = oldest();
        head = head + 1 & slots.length - 1;
        size--;
        return oldest;
    }

    private void grow() {
        Slot[] grown = newSlots(2 * slots.length);
        for (int i = 0; i < size; i++) {
            grown[i] = slots[head + i & slots.length - 1];
        }
        slots = grown;
        head = 0;
    }
}
