package io.memring.protocol.text;

/**
 * The flags of one meta request: the tokens in request order, for replies that echo them, and what
 * they mean. One instance belongs to one decoder and is overwritten by the next request.
 */
public final class MetaFlags {
    /** Flags beyond this number, key and verb counted, are an error and never seen by a reader. */
    private static final int MAX_FLAGS = RequestLine.MAX_TOKENS;

    private final byte[] letters = new byte[MAX_FLAGS];
    private final int[] tokenIndexes = new int[MAX_FLAGS];
    private final int[] tokenLengths = new int[MAX_FLAGS];
    private int count;

    /** Bit {@code letter - 'A'} set for each flag given. */
    private long given;

    long casCompare;
    long casExplicit;
    int touchExptime;
    int vivifyExptime;
    int recacheSeconds;
    int clientFlags;
    long delta;
    long initial;
    byte mode;

    MetaFlags() {}

    void clear() {
        count = 0;
        given = 0;
        casCompare = 0;
        casExplicit = 0;
        touchExptime = 0;
        vivifyExptime = 0;
        recacheSeconds = 0;
        clientFlags = 0;
        delta = 1;
        initial = 0;
        mode = 0;
    }

    /** Adds a flag as it stands on the line, not yet understood. */
    void add(byte letter, int tokenIndex, int tokenLength) {
        letters[count] = letter;
        tokenIndexes[count] = tokenIndex;
        tokenLengths[count] = tokenLength;
        count++;
    }

    /** Marks a letter from A to z as given; false if it was already. */
    boolean mark(byte letter) {
        long bit = 1L << (letter - 'A');
        boolean first = (given & bit) == 0;
        given |= bit;
        return first;
    }

    /** The number of flags on the line. */
    public int count() {
        return count;
    }

    /** The letter of a flag, in request order. */
    public byte letter(int flag) {
        return letters[flag];
    }

    /** Where the bytes behind a flag's letter begin in the input buffer. */
    public int tokenIndex(int flag) {
        return tokenIndexes[flag];
    }

    /** How many bytes stand behind a flag's letter. */
    public int tokenLength(int flag) {
        return tokenLengths[flag];
    }

    /** Whether the flag with this letter, from A to z, was given. */
    public boolean has(char letter) {
        return ((given >>> (letter - 'A')) & 1) != 0;
    }

    /** q: leave the nominal reply out. */
    public boolean quiet() {
        return has('q');
    }

    /** u: leave the item's place in the LRU and its access marks alone. */
    public boolean noBump() {
        return has('u');
    }

    /** b: the key was sent as base64. */
    public boolean base64Key() {
        return has('b');
    }

    /** v: return the value. */
    public boolean wantsValue() {
        return has('v');
    }

    /** I: mark as stale instead of deleting, or accept a lower CAS unique. */
    public boolean invalidate() {
        return has('I');
    }

    /** x: replace the item by an empty one instead of deleting it. */
    public boolean removeValue() {
        return has('x');
    }

    /** C: the item must have {@link #casCompare}. */
    public boolean hasCasCompare() {
        return has('C');
    }

    public long casCompare() {
        return casCompare;
    }

    /** E: the item gets {@link #casExplicit}. */
    public boolean hasCasExplicit() {
        return has('E');
    }

    public long casExplicit() {
        return casExplicit;
    }

    /** T: the item gets {@link #touchExptime}. */
    public boolean hasTouch() {
        return has('T');
    }

    /** The new exptime as sent; 0 without T. */
    public int touchExptime() {
        return touchExptime;
    }

    /** N: a missing item is made, with {@link #vivifyExptime}. */
    public boolean hasVivify() {
        return has('N');
    }

    /** The exptime, as sent, of an item that is made. */
    public int vivifyExptime() {
        return vivifyExptime;
    }

    /**
     * R: one client wins the recache of an item that lives for less than {@link #recacheSeconds}.
     */
    public boolean hasRecache() {
        return has('R');
    }

    /** The limit as sent, which is an exptime too. */
    public int recacheSeconds() {
        return recacheSeconds;
    }

    /** F: client flags; 0 without it. */
    public int clientFlags() {
        return clientFlags;
    }

    /** D: what to add or subtract; 1 without it. */
    public long delta() {
        return delta;
    }

    /** J: the value of an item that an arithmetic command makes; 0 without it. */
    public long initial() {
        return initial;
    }

    /** M, made uniform: for ms one of S E A P R, for ma + or -. */
    public byte mode() {
        return mode;
    }
}
