package io.memring.client.connection;

import java.util.ArrayList;
import java.util.List;

/**
 * A reply as it was read. The reader fills the same object again and again, so whoever handles a
 * reply takes out of it what is needed.
 */
public final class Reply {

    /** The opaque number of a reply that has none. */
    static final long NO_OPAQUE = -1;

    static final byte[] NO_VALUE = {};
    static final byte[] NO_KEY = {};

    /** The rest of a life that has no end, or is not told. */
    static final long NO_TTL = -1;

    /** A miss that nobody sent. */
    static final Reply MISS = new Reply(ReplyCode.MISS);

    ReplyCode code = ReplyCode.DONE;

    /** The key that a classic VALUE names. */
    byte[] key = NO_KEY;

    /** Whether the END of a classic list came with it, be it empty; else there is more to come. */
    boolean endsList;

    byte[] value = NO_VALUE;
    int clientFlags;
    long cas;
    long ttlSeconds = NO_TTL;
    long size;
    long lastAccessSeconds;
    boolean fetched;
    boolean won;
    boolean stale;
    boolean winGiven;
    long opaque;
    String text = "";
    List<String> lines = List.of();

    Reply() {}

    private Reply(ReplyCode code) {
        this.code = code;
    }

    void clear() {
        code = ReplyCode.DONE;
        key = NO_KEY;
        endsList = false;
        value = NO_VALUE;
        clientFlags = 0;
        cas = 0;
        ttlSeconds = NO_TTL;
        size = 0;
        lastAccessSeconds = 0;
        fetched = false;
        won = false;
        stale = false;
        winGiven = false;
        opaque = NO_OPAQUE;
        text = "";
        lines = List.of();
    }

    void addLine(String line) {
        if (lines.isEmpty()) {
            lines = new ArrayList<>();
        }
        lines.add(line);
    }

    /** What it says. */
    public ReplyCode code() {
        return code;
    }

    /** The value, which the caller may keep; empty where there is none. */
    public byte[] value() {
        return value;
    }

    /** The client flags stored with the value. */
    public int clientFlags() {
        return clientFlags;
    }

    /** The item's CAS unique. */
    public long cas() {
        return cas;
    }

    /** Seconds until the item expires; -1 for never, and where the protocol does not tell. */
    public long ttlSeconds() {
        return ttlSeconds;
    }

    /** The value's length. */
    public long size() {
        return size;
    }

    /** Seconds since the item was last asked for. */
    public long lastAccessSeconds() {
        return lastAccessSeconds;
    }

    /** True if the item had been fetched before. */
    public boolean fetched() {
        return fetched;
    }

    /** True if this client is the one that should recompute the value. */
    public boolean won() {
        return won;
    }

    /** True if the value has been marked stale. */
    public boolean stale() {
        return stale;
    }

    /** True if another client recomputes the value. */
    public boolean winGiven() {
        return winGiven;
    }

    /**
     * True if the item has no value and stands for one that a client is to load. An empty value
     * without client flags that a client loads ahead of its end looks the same. Only meta replies
     * tell.
     */
    public boolean isLease() {
        return isBlank() && (won || winGiven);
    }

    /** True if the item is empty and has no client flags, as one that stands for another. */
    boolean isBlank() {
        return code == ReplyCode.VALUE && value.length == 0 && clientFlags == 0;
    }

    /** The line of an error or of a single answer. */
    public String text() {
        return text;
    }

    /** The lines of a longer answer. */
    public List<String> lines() {
        return lines;
    }
}
