package io.memring.client.connection;

import static io.memring.client.connection.ReplyCode.DONE;
import static io.memring.client.connection.ReplyCode.EXISTS;
import static io.memring.client.connection.ReplyCode.MISS;
import static io.memring.client.connection.ReplyCode.NOT_FOUND;
import static io.memring.client.connection.ReplyCode.NOT_STORED;
import static io.memring.client.connection.ReplyCode.VALUE;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a request does. */
public enum RequestKind {
    GET(Family.FETCH, true),
    /** Fetches, and sets a new time to live. */
    GET_AND_TOUCH(Family.FETCH, true),
    TOUCH(Family.CHANGE, true),
    SET(Family.STORE, true),
    ADD(Family.STORE, false),
    REPLACE(Family.STORE, false),
    APPEND(Family.STORE, false),
    PREPEND(Family.STORE, false),
    /** Stores if the item is still the one with a CAS unique. */
    COMPARE_AND_SET(Family.STORE, false),
    DELETE(Family.CHANGE, true),
    /** Deletes if the item is still the one with a CAS unique. */
    COMPARE_AND_DELETE(Family.CHANGE, false),
    /** Leaves a value behind that one reader replaces. */
    MARK_STALE(Family.CHANGE, true),
    INCREMENT(Family.COUNT, false),
    DECREMENT(Family.COUNT, false),
    /** Does nothing; the node answers. */
    PROBE(Family.CONTROL, false),
    /** Asks which software the node runs. */
    VERSION(Family.CONTROL, false),
    /** Asks for general statistics. */
    STATS(Family.CONTROL, false),
    /** Forgets all items. */
    FLUSH_ALL(Family.CONTROL, false),
    /** Asks which mechanisms there are to log in by. */
    MECHANISMS(Family.CONTROL, false),
    /** Presents credentials, or begins to. */
    AUTHENTICATE(Family.CONTROL, false),
    /** Goes on with a login that takes several messages. */
    AUTHENTICATE_STEP(Family.CONTROL, false),
    /** A line that is taken as it is. */
    LINE(Family.CONTROL, false);

    /** Kinds that are answered alike, apart from errors. */
    private enum Family {
        FETCH(VALUE, MISS),
        STORE(DONE, NOT_STORED, EXISTS, NOT_FOUND, MISS),
        CHANGE(DONE, EXISTS, NOT_FOUND, MISS),
        COUNT(VALUE, NOT_STORED, EXISTS, NOT_FOUND, MISS),
        /** What concerns the connection or the node rather than items; answered in any way. */
        CONTROL(ReplyCode.values());

        private final Set<ReplyCode> answers;

        Family(ReplyCode... answers) {
            this.answers = EnumSet.copyOf(List.of(answers));
        }
    }

    private final Family family;
    private final boolean repeatable;
    private final String text = name().toLowerCase(Locale.ROOT).replace('_', ' ');

    RequestKind(Family family, boolean repeatable) {
        this.family = family;
        this.repeatable = repeatable;
    }

    /** Whether carrying it out twice does the same as once. */
    boolean isRepeatable() {
        return repeatable;
    }

    /** Whether it brings values. */
    public boolean fetches() {
        return family == Family.FETCH;
    }

    /** Whether it brings a value to the node. */
    boolean stores() {
        return family == Family.STORE;
    }

    /** Whether it concerns an item. */
    boolean concernsItem() {
        return family != Family.CONTROL;
    }

    /** Whether it changes the item of its key. */
    public boolean isWrite() {
        return concernsItem() && this != GET;
    }

    /** Whether a code that is no error can be the answer. */
    boolean isAnsweredBy(ReplyCode code) {
        return family.answers.contains(code);
    }

    /** The name for messages. */
    public String text() {
        return text;
    }
}
