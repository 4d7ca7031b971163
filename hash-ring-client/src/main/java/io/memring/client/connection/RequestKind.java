package io.memring.client.connection;

import java.util.Locale;

/** What a request does. */
public enum RequestKind {
    GET(true),
    /** Fetches, and sets a new time to live. */
    GET_AND_TOUCH(true),
    TOUCH(true),
    SET(true),
    ADD(false),
    REPLACE(false),
    APPEND(false),
    PREPEND(false),
    /** Stores if the item is still the one with a CAS unique. */
    COMPARE_AND_SET(false),
    DELETE(true),
    /** Deletes if the item is still the one with a CAS unique. */
    COMPARE_AND_DELETE(false),
    /** Leaves a value behind that one reader replaces. */
    MARK_STALE(true),
    INCREMENT(false),
    DECREMENT(false),
    /** Does nothing; the node answers. */
    PROBE(false),
    /** Asks which software the node runs. */
    VERSION(false),
    /** Asks for general statistics. */
    STATS(false),
    /** Forgets all items. */
    FLUSH_ALL(false),
    /** Asks which mechanisms there are to log in by. */
    MECHANISMS(false),
    /** Presents credentials, or begins to. */
    AUTHENTICATE(false),
    /** Goes on with a login that takes several messages. */
    AUTHENTICATE_STEP(false),
    /** A line that is taken as it is. */
    LINE(false);

    private final boolean repeatable;
    private final String text = name().toLowerCase(Locale.ROOT).replace('_', ' ');

    RequestKind(boolean repeatable) {
        this.repeatable = repeatable;
    }

    /** Whether carrying it out twice does the same as once. */
    boolean isRepeatable() {
        return repeatable;
    }

    /** Whether it changes the item of its key. */
    public boolean isWrite() {
        return switch (this) {
            case GET,
                    PROBE,
                    VERSION,
                    STATS,
                    FLUSH_ALL,
                    MECHANISMS,
                    AUTHENTICATE,
                    AUTHENTICATE_STEP,
                    LINE ->
                    false;
            case GET_AND_TOUCH,
                    TOUCH,
                    SET,
                    ADD,
                    REPLACE,
                    APPEND,
                    PREPEND,
                    COMPARE_AND_SET,
                    DELETE,
                    COMPARE_AND_DELETE,
                    MARK_STALE,
                    INCREMENT,
                    DECREMENT ->
                    true;
        };
    }

    /** The name for messages. */
    public String text() {
        return text;
    }
}
