package io.memring.engine;

/** What the model of memcached remembers of one item; bytes are Latin 1 strings. */
final class ModelItem {

    /** The engine is to choose the CAS unique; the run adopts it from the result. */
    static final long CAS_OPEN = -1;

    String value = "";
    int clientFlags;

    /** Second at which the item dies; 0 never. */
    int expiresAt;

    long cas = CAS_OPEN;

    /** Marked by an invalidation: meta X. */
    boolean stale;

    /** Somebody holds the right to recache: meta Z for the others. */
    boolean winSent;

    boolean fetched;
    boolean keyIsBinary;

    /**
     * The item was rewritten by a command that says nothing about the key's form: either is right.
     */
    boolean keyFormIsOpen;

    /** A delayed flush came due in the very second the item was linked: it may live or not. */
    boolean mayBeGone;

    int linkedAt;

    ModelItem copy() {
        ModelItem copy = new ModelItem();
        copy.value = value;
        copy.clientFlags = clientFlags;
        copy.expiresAt = expiresAt;
        copy.cas = cas;
        copy.stale = stale;
        copy.winSent = winSent;
        copy.fetched = fetched;
        copy.keyIsBinary = keyIsBinary;
        copy.keyFormIsOpen = keyFormIsOpen;
        copy.mayBeGone = mayBeGone;
        copy.linkedAt = linkedAt;
        return copy;
    }

    boolean isDeadAt(int now) {
        return expiresAt != 0 && expiresAt <= now;
    }

    @Override
    public String toString() {
        return "item[%d bytes, flags %s, expires %d, cas %d%s%s%s]"
                .formatted(
                        value.length(),
                        Integer.toUnsignedString(clientFlags),
                        expiresAt,
                        cas,
                        stale ? ", stale" : "",
                        winSent ? ", win sent" : "",
                        mayBeGone ? ", may be gone" : "");
    }
}
