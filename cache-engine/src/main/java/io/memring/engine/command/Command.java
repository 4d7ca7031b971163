package io.memring.engine.command;

import org.jspecify.annotations.Nullable;

/**
 * One request to a stripe and, after it ran, its result: a mutable flyweight that is filled again
 * for every request.
 *
 * <p>The caller calls {@link #reset}, sets the fields its operation reads and gives the command to
 * {@code EngineWorker.execute}. From a refused {@code execute} (the command was handed to the
 * stripe's owner) until its completion the command, the key and value bytes it points to belong to
 * the owner. All addresses are absolute addresses of native memory. Times are exptimes as sent: 0
 * never, negative already expired, up to 30 days relative, else absolute unix seconds.
 */
public final class Command {

    // Request: what is asked, and of which key.

    public Operation operation = Operation.FETCH;

    /** Hash of the key, by {@code EngineWorker.hash}; it chooses the stripe and the bucket. */
    public long hash;

    public long keyAddress;

    /** 1 to 250. */
    public int keyLength;

    // Request: STORE, RESERVE and COMMIT.

    public StoreMode storeMode = StoreMode.SET;
    public int clientFlags;
    public int exptime;

    /** Bytes of the value, without the protocol's CRLF. */
    public int valueLength;

    /** Where the value's bytes are; STORE only. */
    public long valueAddress;

    /**
     * When there is no room for the value, the old item goes as well, in whatever mode; a plain set
     * does so always.
     */
    public boolean forgetsOld;

    /** The key was sent in base64 and is to be echoed so. */
    public boolean keyIsBinary;

    /** Where the value arrives; RESERVE sets it, COMMIT and ABORT take it. */
    public @Nullable Upload upload;

    // Request: conditions, shared by FETCH, STORE, COMMIT, DELETE and DELTA.

    /** Compare with {@link #casCompare}: meta flag C, classic cas. */
    public boolean hasCasCompare;

    public long casCompare;

    /** Use {@link #casExplicit} as the item's new CAS unique: meta flag E. */
    public boolean hasCasExplicit;

    public long casExplicit;

    /**
     * Meta flag I. STORE: an older CAS unique is accepted and the item becomes stale. DELETE: the
     * item becomes stale instead of going away.
     */
    public boolean invalidate;

    /**
     * DELETE, meta flag x: replace the value by an empty one, with clientFlags and exptime of this
     * command.
     */
    public boolean removeValue;

    /** FETCH, TOUCH, DELETE with invalidate, DELTA: set {@link #touchExptime}; meta flag T. */
    public boolean hasTouch;

    public int touchExptime;

    /** FETCH, DELTA, STORE in append or prepend mode: create a missing item; meta flag N. */
    public boolean hasVivify;

    public int vivifyExptime;

    /**
     * FETCH: win the right to recache when less than {@link #recacheSeconds} are left; meta flag R.
     */
    public boolean hasRecache;

    public int recacheSeconds;

    /** FETCH: this access leaves no trace in LRU, hit-before and last access; meta flag u. */
    public boolean noBump;

    /** FETCH: a meta get, which takes part in win and stale tokens; classic gets never win. */
    public boolean meta;

    /** FETCH: the value itself will be copied; when false only the item's attributes are wanted. */
    public boolean wantsValue;

    /**
     * FETCH: meta debug, which counts neither as a get nor as a hit, and is told slab class and
     * total bytes as well.
     */
    public boolean debug;

    // Request: DELTA.

    public boolean decrement;

    /** Unsigned. */
    public long delta;

    /** Unsigned: value of an item created by DELTA. */
    public long initial;

    // Result.

    public StoreOutcome storeOutcome = StoreOutcome.NOT_STORED;
    public DeleteOutcome deleteOutcome = DeleteOutcome.NOT_FOUND;
    public DeltaOutcome deltaOutcome = DeltaOutcome.NOT_FOUND;
    public FetchOutcome fetchOutcome = FetchOutcome.MISS;

    /** CAS unique after the operation; 0 where there is none. */
    public long itemCas;

    public int itemClientFlags;

    /** Length of the item's value; after an append the whole value's. */
    public int itemValueLength;

    /** Seconds left to live, -1 for ever. */
    public int itemTtlSeconds;

    /** Seconds that were left before this command touched the item; of a created item -1. */
    public int itemTtlBeforeSeconds;

    /** Seconds since the access before this one. */
    public int itemIdleSeconds;

    /** The item had been fetched before this access. */
    public boolean itemHitBefore;

    public boolean itemKeyIsBinary;

    /** Meta: the item is stale (X). */
    public boolean itemStale;

    /** Meta: this caller won the recache (W). */
    public boolean itemWon;

    /** Meta: somebody else has won the recache before (Z). */
    public boolean itemWinSent;

    /** Slab class id and total bytes of the item; set only if {@link #debug}. */
    public int itemSlabClassId;

    public int itemTotalBytes;

    /** DELTA: the number after the operation, unsigned. */
    public long number;

    // Owned by the engine while the command is under way.

    /** Engine only: how the found item is held between execute and finish. */
    public int fetchState;

    /** Engine only: the sequence, handle or private copy behind {@link #fetchState}. */
    public long fetchToken;

    public int fetchHandle;
    public int fetchRetries;

    /** Engine only: index of the worker a handed-off command returns to. */
    public int originWorker;

    /** The caller's own: what to resume when a handed-off command is complete. */
    public @Nullable Object attachment;

    /**
     * Clears conditions and optional parts to "not asked for", leaving result fields to the
     * operation.
     */
    public void reset(Operation newOperation) {
        operation = newOperation;
        storeMode = StoreMode.SET;
        clientFlags = 0;
        exptime = 0;
        forgetsOld = false;
        keyIsBinary = false;
        hasCasCompare = false;
        hasCasExplicit = false;
        invalidate = false;
        removeValue = false;
        hasTouch = false;
        hasVivify = false;
        hasRecache = false;
        noBump = false;
        meta = false;
        wantsValue = false;
        debug = false;
        decrement = false;
        fetchRetries = 0;
        upload = null;
    }
}
