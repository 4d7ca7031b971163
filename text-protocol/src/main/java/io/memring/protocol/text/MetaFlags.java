package io.memring.protocol.text;

/**
 * The flags of one meta request: the tokens in request order, for replies that echo them, and their
 * meaning. One instance belongs to one decoder and is overwritten by the next request.
 */
public final class MetaFlags {
    MetaFlags() {}

    /** The number of flags on the line. */
    public int count() { return 0; }

    /** The letter of the {@code i}th flag in request order. */
    public byte letter(int i) { return 0; }

    /** Where the bytes behind the letter begin in the input buffer. */
    public int tokenIndex(int i) { return 0; }

    /** How many bytes stand behind the letter. */
    public int tokenLength(int i) { return 0; }

    /** Whether the flag was given, with or without a token. */
    public boolean has(char letter) { return false; }

    public boolean quiet() { return has('q'); }
    public boolean noBump() { return has('u'); }
    public boolean base64Key() { return has('b'); }
    public boolean wantsValue() { return has('v'); }
    public boolean invalidate() { return has('I'); }
    public boolean removeValue() { return has('x'); }
    public boolean hasCasCompare() { return has('C'); }
    public long casCompare() { return 0; }
    public boolean hasCasExplicit() { return has('E'); }
    public long casExplicit() { return 0; }
    public boolean hasTouch() { return has('T'); }
    public int touchExptime() { return 0; }
    public boolean hasVivify() { return has('N'); }
    public int vivifyExptime() { return 0; }
    public boolean hasRecache() { return has('R'); }
    public int recacheSeconds() { return 0; }
    public int clientFlags() { return 0; }
    public long delta() { return 1; }
    public long initial() { return 0; }
    /** For ms one of S E A P R, for ma + or -. */
    public byte mode() { return 'S'; }
}
